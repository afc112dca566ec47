import { accessChange } from "../../iam/comparison/access-change";
import type { Uncovered } from "../../iam/comparison/coverage";
import type { AccessGraph } from "../../iam/graph";
import type { PolicyDocument } from "../../iam/policy-document";
import { lostText } from "../condition-words";
import { isPinned } from "../pinning-conditions";
import { principalWords } from "../principal-names";
import { type Draft, listed } from "../review-finding";
import type { RawResource } from "../reviewed-environment";
import { capped, statementDiff } from "../statement-diff";
import { atomsText } from "../weight";

const NOTHING: PolicyDocument = { Version: "2012-10-17", Statement: [] };
const ATTRIBUTES = ["policy", "access_policy", "resource_policy", "inline_policy", "policy_document"];

/** Policies of buckets, queues, topics and keys: who may use the resource. IAM's own are in the access graph. */
export function resourcePolicyDrafts(
  was: RawResource | undefined,
  is: RawResource | undefined,
  graph: AccessGraph,
): readonly Draft[] {
  const one = is ?? was;
  if (one === undefined || one.type.startsWith("aws_iam_")) return [];
  return ATTRIBUTES.flatMap((name) => {
    const [before, after] = [was?.attributes[name], is?.attributes[name]];
    if (before === after || (before === undefined && after === undefined)) return [];
    const [old, now] = [documentOf(before), documentOf(after)];
    if (old === undefined && now === undefined) return [];
    if (now === undefined && typeof after === "string" && after !== "") return [unreadable(one, name)];
    const change = accessChange({ identity: [old ?? NOTHING] }, { identity: [now ?? NOTHING] });
    return [
      ...change.gained.flatMap((found) => gained(found, one, graph, was === undefined)),
      ...change.undenied.map(
        (found): Draft => ({
          rule: "deny-weakened",
          severity: "high",
          category: "guard-rails",
          address: one.address,
          subjects: [],
          predicate: `${one.address} no longer denies ${atomsText(found.atoms)}`,
          remedy: "Put the Deny back.",
          evidence: statementDiff(found.grant.statement, found.but?.grant.statement),
        }),
      ),
    ];
  });
}

function gained(found: Uncovered, one: RawResource, graph: AccessGraph, isNew: boolean): readonly Draft[] {
  const who = [...new Set(found.atoms.flatMap(({ principals }) => principals.patterns))];
  const pinned = isPinned(found.grant.clauses, ["principal", "network"]);
  const isPublic = (who.includes("*") || found.grant.principals.negated) && !pinned;
  if (isNew && !isPublic) return [];
  const without = found.but === undefined ? "" : ` ${lostText(found.but.clauses, found.grant.clauses)}`;
  return [
    {
      rule: isPublic ? "resource-public" : "resource-policy-widened",
      severity: isPublic ? "critical" : "high",
      category: "access",
      address: one.address,
      subjects: [listed(who.map((text) => principalWords(text, graph)))],
      predicate: `may do ${atomsText(found.atoms)}${without} by the policy of ${one.address}`,
      remedy: "Name the principals and the conditions that are needed.",
      evidence: statementDiff(found.but?.grant.statement, found.grant.statement),
    },
  ];
}

function unreadable({ type, address }: RawResource, name: string): Draft {
  return {
    rule: "policy-unknown",
    severity: "medium",
    category: "unknown",
    address,
    subjects: [],
    predicate: `${name} of ${type} is not known before the apply`,
    remedy: "Write the document so that a plan shows it.",
    evidence: capped([`+ ${name}: not known`]),
  };
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
