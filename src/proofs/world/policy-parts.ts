import { expandActions } from "../../iam/actions";
import type { PolicyInForce } from "../../iam/evaluate";
import { listOf, type PolicyDocument, type Statement } from "../../iam/policy-document";

/** An action that no service has and no policy names: it stands for all actions that are not named. */
export const ANY_ACTION = "proof:AnyOtherAction";
/** A resource that no policy names. */
export const ANY_RESOURCE = "arn:aws:proof:::any-other-resource";

export interface ConditionValue {
  readonly operator: string;
  /** Lower case. */
  readonly key: string;
  readonly value: string;
}

/** What one document names, read once. */
export interface DocumentParts {
  /** Actions that Allow statements may grant, wildcards expanded; `ANY_ACTION` for unbounded ones. */
  readonly granted: readonly string[];
  /** Actions that Deny statements tell apart. */
  readonly deniedOrSpared: readonly string[];
  /** Patterns of Resource and NotResource. */
  readonly resources: readonly string[];
  readonly conditions: readonly ConditionValue[];
}

const read = new WeakMap<PolicyDocument, DocumentParts>();

export function documentParts(document: PolicyDocument): DocumentParts {
  let parts = read.get(document);
  if (parts === undefined) {
    const allows = document.Statement.filter(({ Effect }) => Effect === "Allow");
    const denies = document.Statement.filter(({ Effect }) => Effect === "Deny");
    parts = {
      granted: unique(allows.flatMap(grantedBy)),
      deniedOrSpared: unique(
        denies.flatMap(({ Action, NotAction }) => listOf(Action ?? NotAction).flatMap(toldApart)),
      ),
      resources: unique(
        document.Statement.flatMap(({ Resource, NotResource }) => listOf(Resource ?? NotResource)),
      ),
      conditions: document.Statement.flatMap(conditionsOf),
    };
    read.set(document, parts);
  }
  return parts;
}

/** The parts of all policies in force. A document that is not known may grant anything. */
export function partsOf(policies: readonly PolicyInForce[]): DocumentParts {
  const granted: string[] = [];
  const deniedOrSpared: string[] = [];
  const resources: string[] = [];
  const conditions: ConditionValue[] = [];
  for (const { policy } of policies) {
    if ("unknown" in policy.document) {
      granted.push(ANY_ACTION);
      continue;
    }
    const parts = documentParts(policy.document);
    granted.push(...parts.granted);
    deniedOrSpared.push(...parts.deniedOrSpared);
    resources.push(...parts.resources);
    conditions.push(...parts.conditions);
  }
  return {
    granted: unique(granted),
    deniedOrSpared: unique(deniedOrSpared),
    resources: unique(resources),
    conditions,
  };
}

const grants = new WeakMap<Statement, readonly string[]>();

/** Actions that an Allow statement grants, wildcards expanded. */
export function grantedBy(statement: Statement): readonly string[] {
  let granted = grants.get(statement);
  if (granted === undefined) {
    granted = readGrants(statement);
    grants.set(statement, granted);
  }
  return granted;
}

function readGrants({ Action, NotAction }: Statement): readonly string[] {
  if (NotAction !== undefined) return [ANY_ACTION, ...identityActions()];
  return listOf(Action).flatMap(expanded);
}

/**
 * The actions of a pattern. A pattern without bounds is the unnamed action and all of IAM and STS, which is what
 * proofs are about; a bounded one is what AWS has of it, and nothing that nobody has ever seen (`iam:GenerateX`).
 */
function expanded(pattern: string): readonly string[] {
  if (!/[*?]/.test(pattern)) return [pattern];
  const [service = "", name = ""] = pattern.split(":");
  if (/[*?]/.test(service))
    return [ANY_ACTION, ...identityActions().filter((action) => covers(pattern, action))];
  const known = expandActions(pattern);
  // no list has it: AWS may have added it yesterday
  return known.length > 0 ? known : [`${service}:${name.replaceAll(/[*?]/g, "X")}`];
}

/** A Deny on everything tells nothing apart. */
function toldApart(pattern: string): readonly string[] {
  return pattern === "*" ? [ANY_ACTION] : expanded(pattern);
}

function covers(pattern: string, action: string): boolean {
  return pattern === "*" || expandActions(pattern).includes(action);
}

function identityActions(): readonly string[] {
  return [...expandActions("iam:*"), ...expandActions("sts:*")];
}

function conditionsOf({ Condition }: Statement): readonly ConditionValue[] {
  return Object.entries(Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).flatMap(([key, values]) =>
      listOf(values).map((value) => ({ operator, key: key.toLowerCase(), value: String(value) })),
    ),
  );
}

export function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
