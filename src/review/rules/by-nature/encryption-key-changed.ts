import { defineRule } from "../../../findings/rule";
import { foreignAccountsIn } from "../../accounts";
import type { LedgerEntry } from "../../ledger/ledger";
import { isAbsent } from "../../ledger/values";
import { type Draft, listed } from "../../review-finding";
import { entryDiff, pathsOf } from "./entry-diff";
import { aboutResource, isAdded, type JudgingContext, openOf, type ResourceChange } from "./resource-change";

export const ENCRYPTION_KEY_CHANGED = defineRule({
  id: "encryption-key-changed",
  area: "review",
  title: "Something is encrypted by another key, or by none of its own",
  severities: ["high", "medium", "low"],
  why: "Whoever holds the key reads what it encrypts, and can make it unreadable for everybody. A key of another account weighs high, no own key any more medium, another key of the account low.",
  example: {
    before: 'kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/1"',
    after: 'kms_key_id = "arn:aws:kms:eu-west-1:999999999999:key/1"',
  },
  remedy: "Keep a key of the own account whose policy names who may use it.",
  reference: {
    title: "Allowing users in other accounts to use a KMS key",
    url: "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html",
  },
  since: "0.2.0",
});

/** Keys, in an attribute of whatever type. A key where there was none is stricter. */
export function encryptionKeyChanged(change: ResourceChange, context: JudgingContext): readonly Draft[] {
  const entries = openOf(change, context, "encryption");
  context.ledger.strike(entries);
  const foreign = entries.filter(({ before, after }) => {
    const old = new Set(foreignAccountsIn(before, context));
    return foreignAccountsIn(after, context).some((id) => !old.has(id));
  });
  const rest = entries.filter((entry) => !foreign.includes(entry));
  const gone = isAdded(change)
    ? []
    : rest.filter(({ before, after }) => !isAbsent(before) && isAbsent(after));
  const other = isAdded(change)
    ? []
    : rest.filter((entry) => !gone.includes(entry) && !isAbsent(entry.before) && !isAbsent(entry.after));
  const fine = rest.filter((entry) => !gone.includes(entry) && !other.includes(entry));
  const draft = (
    severity: "high" | "medium" | "low",
    list: readonly LedgerEntry[],
    words: string,
  ): readonly Draft[] =>
    list.length === 0
      ? []
      : [
          {
            ...aboutResource(change),
            rule: ENCRYPTION_KEY_CHANGED,
            severity,
            category: "guard-rails",
            predicate: `${change.address} ${words} (${listed(pathsOf(list))})`,
            evidence: entryDiff(list),
          },
        ];
  const accounts = listed([...new Set(foreign.flatMap(({ after }) => foreignAccountsIn(after, context)))]);
  context.ledger.settle(fine);
  return [
    ...draft("high", foreign, `is encrypted by a key of account ${accounts}`),
    ...draft("medium", gone, "is no longer encrypted by a key of its own"),
    ...draft("low", other, "is encrypted by another key"),
  ];
}
