import { defineRule } from "../../../findings/rule";
import { foreignAccountsIn } from "../../accounts";
import { isAbsent } from "../../ledger/values";
import { type Draft, listed } from "../../review-finding";
import { entriesDraft } from "./entries-draft";
import { isAdded, type JudgingContext, openOf, type ResourceChange } from "./resource-change";

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

const KIND = { rule: ENCRYPTION_KEY_CHANGED, category: "guard-rails" } as const;

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
  const accounts = listed([...new Set(foreign.flatMap(({ after }) => foreignAccountsIn(after, context)))]);
  context.ledger.settle(fine);
  return [
    ...entriesDraft(change, KIND, "high", `is encrypted by a key of account ${accounts}`, foreign),
    ...entriesDraft(change, KIND, "medium", "is no longer encrypted by a key of its own", gone),
    ...entriesDraft(change, KIND, "low", "is encrypted by another key", other),
  ];
}
