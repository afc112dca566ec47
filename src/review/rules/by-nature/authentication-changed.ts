import { defineRule } from "../../../findings/rule";
import { isOff } from "../../ledger/switches";
import { isAbsent } from "../../ledger/values";
import { type Draft, listed } from "../../review-finding";
import { entryDiff, pathsOf } from "./entry-diff";
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
    ...(none.length === 0 || context.isNew
      ? []
      : [
          {
            ...aboutResource(change),
            rule: AUTHENTICATION_CHANGED,
            severity: "high" as const,
            category: "access" as const,
            predicate: `${change.address} does not ask who somebody is (${listed(pathsOf(none))})`,
            evidence: entryDiff(none),
          },
        ]),
    ...(other.length === 0
      ? []
      : [
          {
            ...aboutResource(change),
            rule: AUTHENTICATION_CHANGED,
            severity: "medium" as const,
            category: "access" as const,
            predicate: `${change.address} asks otherwise who somebody is (${listed(pathsOf(other))})`,
            evidence: entryDiff(other),
          },
        ]),
  ];
}
