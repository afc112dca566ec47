import { grantsOf } from "../../../iam/comparison/grant";
import type { AccessGraph } from "../../../iam/graph";
import { isManagedPolicyArn, managedPolicy } from "../../../iam/managed-policies";
import type { PolicyDocument } from "../../../iam/policy-document";
import type { LedgerEntry } from "../../ledger/ledger";
import { POLICY_ARN } from "../../natures/nature-by-value";
import type { Draft } from "../../review-finding";
import { atomsText, weightOf } from "../../weight";
import { resourcePolicyUnknown } from "../access/policy-unknown";
import { entryDiff } from "../by-nature/entry-diff";
import {
  aboutResource,
  type JudgingContext,
  openOf,
  type ResourceChange,
} from "../by-nature/resource-change";
import { audienceOf } from "./audience";
import { HELD_POLICY_WIDENED } from "./held-policy-widened";

/** A managed policy that is named by its ARN: of permission sets and whatever else carries policies. */
export function policyAttached(change: ResourceChange, context: JudgingContext): readonly Draft[] {
  const entries = openOf(change, context, "policy").filter(({ after, before }) =>
    [after, before].flat().some((value) => typeof value === "string" && POLICY_ARN.test(value)),
  );
  return entries.flatMap((entry) => attached(entry, change, context));
}

function attached(entry: LedgerEntry, change: ResourceChange, context: JudgingContext): readonly Draft[] {
  const kept = new Set([entry.before].flat());
  const arns = [entry.after].flat().filter((arn): arn is string => typeof arn === "string" && !kept.has(arn));
  if (arns.length === 0 || context.isNew) {
    context.ledger.settle([entry]);
    return [];
  }
  context.ledger.strike([entry]);
  const audience = audienceOf(change.type, entry.path);
  const holder = audience.kind === "principals" ? change.address : audience.words;
  return arns.map((arn): Draft => {
    const document = documentOf(arn, context.after);
    if (document === undefined) return resourcePolicyUnknown(change.address, change.type, entry.path);
    const atoms = grantsOf(document).filter(({ effect }) => effect === "Allow");
    const { severity, isAdministrator } = weightOf(atoms);
    const rights = isAdministrator ? "administrator rights" : atomsText(atoms);
    return {
      ...aboutResource(change),
      rule: HELD_POLICY_WIDENED,
      severity,
      category: "access",
      predicate: `${holder} gets ${rights} by policy ${arn.slice(arn.lastIndexOf("/") + 1)} (${change.address})`,
      evidence: entryDiff([entry]),
    };
  });
}

function documentOf(arn: string, graph: AccessGraph): PolicyDocument | undefined {
  const own = graph.managedPolicies.find((policy) => policy.arn === arn);
  const policy = own ?? (isManagedPolicyArn(arn) ? managedPolicy(arn) : undefined);
  return policy === undefined || "unknown" in policy.document ? undefined : policy.document;
}
