import { defineRule } from "../../../findings/rule";
import { isOff } from "../../ledger/switches";
import { isAbsent } from "../../ledger/values";
import type { Draft } from "../../review-finding";
import { entriesDraft } from "./entries-draft";
import { entryDiff } from "./entry-diff";
import { protectionDirection } from "./protection-nature";
import { aboutResource, isAdded, type JudgingContext, openOf, type ResourceChange } from "./resource-change";

export const AUTHENTICATION_CHANGED = defineRule({
  id: "authentication-changed",
  area: "review",
  title: "Something asks otherwise who somebody is, or not at all",
  severities: ["high", "medium"],
  why: "Authorization types, identity providers, signing keys and audiences decide who is let in. None at all weighs high, others medium, because what they mean is not in the change.",
  example: { before: 'authorization = "AWS_IAM"', after: 'authorization = "NONE"' },
  remedy: "Keep asking who somebody is, by a provider that is yours.",
  since: "0.2.0",
});

const KIND = { rule: AUTHENTICATION_CHANGED, category: "access" } as const;

/** Types that let in whomever another party names. */
const ACCEPTING =
  /_(?:trust_anchor|identity_provider|identity_provider_config|idp|identity_source|trust_provider)$/;

/** Who is let in how, in an attribute of whatever type. */
export function authenticationChanged(change: ResourceChange, context: JudgingContext): readonly Draft[] {
  const entries = openOf(change, context, "authentication");
  context.ledger.strike(entries);
  const none = entries.filter(
    (entry) =>
      (isAdded(change) ? !isAbsent(entry.after) && entry.after !== false : !isOff(entry.before)) &&
      isOff(entry.after) &&
      /auth|mfa|verif/.test(entry.name),
  );
  const rest = entries.filter((entry) => !none.includes(entry));
  const other = isAdded(change)
    ? []
    : rest.filter((entry) => !isAbsent(entry.before) && protectionDirection(entry) !== "stricter");
  const fine = rest.filter((entry) => !other.includes(entry));
  context.ledger.settle(fine);
  const isAccepting = isAdded(change) && !context.isNew && ACCEPTING.test(change.type);
  return [
    ...(isAccepting
      ? [
          {
            ...aboutResource(change),
            rule: AUTHENTICATION_CHANGED,
            severity: "high" as const,
            category: "access" as const,
            predicate: `${change.address} is new: whomever it names is let in from now on`,
            evidence: entryDiff(fine),
          },
        ]
      : []),
    ...(context.isNew ? [] : entriesDraft(change, KIND, "high", "does not ask who somebody is", none)),
    ...entriesDraft(change, KIND, "medium", "asks otherwise who somebody is", other),
  ];
}
