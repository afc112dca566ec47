import { matchesWildcard, type PolicyInForce } from "../../iam/evaluate";
import { compileDocument } from "../../iam/evaluation/statement-match";
import type { AccessGraph, Policy } from "../../iam/graph";
import { managedPolicy, managedPolicyNames } from "../../iam/managed-policies";
import { listOf } from "../../iam/policy-document";
import { grantsIam } from "../world/grants-iam";
import { accountPart } from "../world/resource-samples";
import type { Actor, Answer } from "./actor";

/** What a principal could attach. */
export interface Attachable {
  readonly policies: readonly Policy[];
  /** What may be attached is a policy that the caller writes itself, or one that allows everything. */
  readonly everything: boolean;
  /** How the caller writes it first, where it does. */
  readonly writing?: Answer;
}

/** Policies of one kind that are tried. */
const MOST = 40;
/** To write a policy of one's own: a new one, or a new version of one that is there. */
const WRITING = ["iam:CreatePolicy", "iam:CreatePolicyVersion"];

/** AWS's mightiest policies, what the caller writes itself, what its own policies name, and what holds IAM in the account. */
export function attachable(graph: AccessGraph, actor: Actor, action: string): readonly Attachable[] {
  const [, partition = "aws"] = actor.principal.arn.split(":");
  const aws = (name: string) => managedPolicy(`arn:${partition}:iam::aws:policy/${name}`);
  const patterns = policyArns(actor.policies, action);
  const named = unique(patterns.flatMap((pattern) => policiesOf(graph, pattern)));
  return [
    { policies: [aws("AdministratorAccess")], everything: true },
    { policies: [aws("IAMFullAccess")], everything: true },
    ...written(actor, patterns),
    ...named
      .slice(0, MOST)
      .map((policy) => ({ policies: [policy], everything: "unknown" in policy.document })),
    ...graph.managedPolicies
      .filter((policy) => policy.arn !== undefined && grantsIam([policy]))
      .slice(0, MOST)
      .map((policy) => ({ policies: [policy], everything: false })),
  ];
}

/** Policies that the caller may write, under names at which it may write some: any, those of the Allows, those that may be attached. */
function written(actor: Actor, patterns: readonly string[]): readonly Attachable[] {
  return WRITING.flatMap((action) => {
    if (!actor.grants(action)) return [];
    const names = [
      `${accountPart(actor.principal.arn)}:policy/proof/any-policy`,
      ...actor.resourcesOf(action),
      ...patterns.map((pattern) => pattern.replaceAll("*", "other").replaceAll("?", "o")),
    ].filter((arn) => /:policy\/.+/.test(arn) && !/:iam::aws:policy\//.test(arn));
    return unique(names)
      .slice(0, MOST)
      .flatMap((arn) => {
        const writing = actor.on(action, arn);
        if (writing === undefined) return [];
        const name = arn.slice(arn.lastIndexOf("/") + 1);
        const policy: Policy = { kind: "managed", name, arn, address: "", document: EVERYTHING };
        return [{ policies: [policy], everything: true, writing }];
      });
  });
}

const { document: EVERYTHING } = managedPolicy("arn:aws:iam::aws:policy/AdministratorAccess");

/** Values of `iam:PolicyARN` in the Allows of an action. */
function policyArns(policiesInForce: readonly PolicyInForce[], action: string): readonly string[] {
  return valuesOf(policiesInForce, action, "iam:policyarn", "Allow");
}

/** Boundaries that a caller could name: one that limits nothing, then those that its policies name. */
export function choosableBoundaries(graph: AccessGraph, actor: Actor, action: string): readonly Policy[] {
  const [, partition = "aws"] = actor.principal.arn.split(":");
  const free = managedPolicy(`arn:${partition}:iam::aws:policy/AdministratorAccess`);
  const named = valuesOf(actor.policies, action, "iam:permissionsboundary");
  return [free, ...unique(named).flatMap((pattern) => policiesOf(graph, pattern))];
}

/** What the conditions of the statements that cover an action say of a key. */
function valuesOf(
  policies: readonly PolicyInForce[],
  action: string,
  key: string,
  effect?: "Allow",
): readonly string[] {
  const lower = action.toLowerCase();
  return policies.flatMap(({ policy: { document } }) =>
    "unknown" in document
      ? []
      : compileDocument(document).flatMap(({ statement, actions }) =>
          (effect === undefined || statement.Effect === effect) &&
          actions.set.covers(lower) !== actions.negated
            ? Object.values(statement.Condition ?? {}).flatMap((keys) =>
                Object.entries(keys).flatMap(([name, values]) =>
                  name.toLowerCase() === key ? listOf(values).map(String) : [],
                ),
              )
            : [],
        ),
  );
}

/** The policies that an ARN, or a pattern of one, means. */
export function policiesOf(graph: AccessGraph, pattern: string): readonly Policy[] {
  const customer = graph.managedPolicies.filter(
    ({ arn }) => arn !== undefined && matchesWildcard(pattern, arn),
  );
  if (!/[*?]/.test(pattern)) {
    if (customer.length > 0) return customer;
    if (/:iam::aws:policy\//.test(pattern)) return [managedPolicy(pattern)];
    return [
      {
        kind: "managed",
        name: pattern.slice(pattern.lastIndexOf("/") + 1),
        arn: pattern,
        address: "",
        document: { unknown: true, address: pattern, reason: `the document of ${pattern} is not known` },
      },
    ];
  }
  const prefix = pattern.split(":").slice(0, 2).join(":");
  const aws = managedPolicyNames()
    .map((name) => `${/[*?]/.test(prefix) ? "arn:aws" : prefix}:iam::aws:policy/${name}`)
    .filter((arn) => matchesWildcard(pattern, arn) === true)
    .map((arn) => managedPolicy(arn))
    .filter((policy) => grantsIam([policy]));
  return [...customer, ...aws];
}

function unique<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)];
}
