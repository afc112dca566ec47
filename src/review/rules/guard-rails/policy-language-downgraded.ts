import { defineRule } from "../../../findings/rule";
import { jsonOf } from "../../ledger/values";
import type { Draft } from "../../review-finding";
import { aboutResource, type ResourceChange } from "../by-nature/resource-change";

export const POLICY_LANGUAGE_DOWNGRADED = defineRule({
  id: "policy-language-downgraded",
  area: "review",
  title: "A policy goes back to the older version of its language",
  severities: ["low"],
  why: "Without Version 2012-10-17 a policy variable such as ${aws:username} is plain text: an Allow that names it allows nothing, a Deny that names it denies nothing, now or with the next statement that somebody adds. Nobody has a reason to go back.",
  example: { before: '"Version": "2012-10-17"', after: "no Version" },
  remedy: "Write Version 2012-10-17 into the policy.",
  reference: {
    title: "IAM JSON policy elements: Version",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html",
  },
  since: "0.2.0",
});

const CURRENT = "2012-10-17";

/** A document in an attribute of a resource that had the current version and has another, or none. */
export function policyLanguageDowngraded(change: ResourceChange): readonly Draft[] {
  const { before, after } = change;
  if (before === undefined || after === undefined) return [];
  const names = Object.keys(after.attributes).filter(
    (name) => versionOf(before.attributes[name]) === CURRENT && versionOf(after.attributes[name]) !== CURRENT,
  );
  return names
    .filter((name) => versionOf(after.attributes[name]) !== undefined)
    .map((name) => ({
      ...aboutResource(change),
      rule: POLICY_LANGUAGE_DOWNGRADED,
      severity: "low",
      category: "guard-rails",
      predicate: `${change.address}: the document in ${name} has no Version ${CURRENT} any more, so that policy variables in it are plain text`,
    }));
}

/** The version that IAM reads a document by; nothing for what is no policy. */
function versionOf(value: unknown): string | undefined {
  const document = typeof value === "string" ? jsonOf(value) : undefined;
  if (typeof document !== "object" || document === null || !("Statement" in document)) return undefined;
  return String((document as { readonly Version?: unknown }).Version ?? "2008-10-17");
}
