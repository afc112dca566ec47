import { type ConditionBlock, listOf, type PolicyDocument, type Statement } from "../iam/policy-document";

/** The document as it is sent to IAM: no white space, and one text for one meaning, whatever order its keys were written in. */
export function minified(document: PolicyDocument): string {
  const { Version, Id, Statement } = document;
  return JSON.stringify({ Version, Id, Statement: Statement.map(ordered) });
}

/**
 * Characters that count against IAM's quotas: all but white space for managed and inline policies.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length
 */
export function countedCharacters(document: PolicyDocument): number {
  return minified(document).replace(/\s/g, "").length;
}

function ordered(statement: Statement): Statement {
  const { Sid, Effect, Principal, NotPrincipal, Action, NotAction, Resource, NotResource, Condition } =
    statement;
  return {
    Sid,
    Effect,
    Principal,
    NotPrincipal,
    Action: single(Action),
    NotAction: single(NotAction),
    Resource: single(Resource),
    NotResource: single(NotResource),
    Condition: Condition && orderedCondition(Condition),
  };
}

/** IAM gives a list of one back as a single value; writing it so from the start keeps plans quiet. */
function single(value: string | readonly string[] | undefined): string | readonly string[] | undefined {
  const values = listOf(value);
  return values.length === 1 ? values[0] : value;
}

function orderedCondition(condition: ConditionBlock): ConditionBlock {
  return byKey(condition, (keys) => byKey(keys, (values) => single(values) ?? []));
}

function byKey<T, U>(
  record: Readonly<Record<string, T>>,
  value: (entry: T) => U,
): Readonly<Record<string, U>> {
  const entries = Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, entry]) => [key, value(entry)]));
}
