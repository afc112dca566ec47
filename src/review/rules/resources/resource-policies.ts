import { accessChange } from "../../../iam/comparison/access-change";
import type { AccessGraph } from "../../../iam/graph";
import type { PolicyDocument } from "../../../iam/policy-document";
import type { Draft } from "../../review-finding";
import type { RawResource } from "../../reviewed-environment";
import { statementDiff } from "../../statement-diff";
import { atomsText } from "../../weight";
import { resourcePolicyUnknown } from "../access/policy-unknown";
import { DENY_WEAKENED } from "../guard-rails/deny-weakened";
import { resourceGainOf } from "./resource-gain";
import { resourcePolicyWidened } from "./resource-policy-widened";
import { resourcePublic } from "./resource-public";

const NOTHING: PolicyDocument = { Version: "2012-10-17", Statement: [] };
const ATTRIBUTES = ["policy", "access_policy", "resource_policy", "inline_policy", "policy_document"];

/** Policies of buckets, queues, topics and keys: who may use the resource. IAM's own are in the access graph. */
export function resourcePolicyDrafts(
  before: RawResource | undefined,
  after: RawResource | undefined,
  graph: AccessGraph,
): readonly Draft[] {
  const resource = after ?? before;
  if (resource === undefined || resource.type.startsWith("aws_iam_")) return [];
  const { address, type } = resource;
  return ATTRIBUTES.flatMap((name) => {
    const [oldValue, value] = [before?.attributes[name], after?.attributes[name]];
    if (oldValue === value || (oldValue === undefined && value === undefined)) return [];
    const [old, current] = [documentOf(oldValue), documentOf(value)];
    if (old === undefined && current === undefined) return [];
    if (current === undefined && typeof value === "string" && value !== "")
      return [resourcePolicyUnknown(address, type, name)];
    const change = accessChange({ identity: [old ?? NOTHING] }, { identity: [current ?? NOTHING] });
    return [
      ...change.gained.flatMap((difference): readonly Draft[] => {
        const gain = resourceGainOf(difference, resource, graph);
        if (gain.isPublic) return [resourcePublic(gain)];
        return before === undefined ? [] : [resourcePolicyWidened(gain)];
      }),
      ...change.undenied.map(
        ({ atoms, grant, but }): Draft => ({
          rule: DENY_WEAKENED,
          severity: "high",
          category: "guard-rails",
          address,
          subjects: [],
          predicate: `${address} no longer denies ${atomsText(atoms)}`,
          remedy: "Put the Deny back.",
          evidence: statementDiff(grant.statement, but?.grant.statement),
        }),
      ),
    ];
  });
}

function documentOf(value: unknown): PolicyDocument | undefined {
  try {
    const parsed: unknown = typeof value === "string" ? JSON.parse(value) : value;
    const statement = (parsed as { Statement?: unknown } | null | undefined)?.Statement;
    if (typeof statement !== "object" || statement === null) return undefined;
    const list = Array.isArray(statement) ? statement : [statement];
    return { Version: "2012-10-17", Statement: list } as PolicyDocument;
  } catch {
    return undefined;
  }
}
