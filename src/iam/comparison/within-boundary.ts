import { listOf, type PolicyDocument, type Statement } from "../policy-document";
import type { Documents } from "./access-change";
import { isCovered, mayMeet } from "./pattern-sets";

/** Pairs of statements that are looked at: beyond them the policies are taken without their boundary. */
const MOST_PAIRS = 10_000;

/**
 * Policies and boundary as policies alone, which allow at least what both let through. Where two patterns cross, the
 * policy's is kept: more than is allowed, never less.
 */
export function withinBoundary({ identity, boundary }: Documents): Documents {
  if (boundary === undefined) return { identity };
  const allows = (document: PolicyDocument) => document.Statement.filter(({ Effect }) => Effect === "Allow");
  const bounds = allows(boundary);
  const pairs = identity.reduce((sum, document) => sum + allows(document).length * bounds.length, 0);
  if (pairs > MOST_PAIRS) return { identity };
  return {
    identity: [
      ...identity.map((document) => ({
        ...document,
        Statement: document.Statement.flatMap((statement) =>
          statement.Effect === "Deny" ? [statement] : bounds.flatMap((bound) => met(statement, bound)),
        ),
      })),
      { ...boundary, Statement: boundary.Statement.filter(({ Effect }) => Effect === "Deny") },
    ],
  };
}

function met(statement: Statement, bound: Statement): readonly Statement[] {
  const actions = metPatterns([statement.Action, statement.NotAction], [bound.Action, bound.NotAction]);
  const resources = metPatterns(
    [statement.Resource, statement.NotResource],
    [bound.Resource, bound.NotResource],
  );
  if (actions?.length === 0 || resources?.length === 0) return [];
  return [
    {
      ...statement,
      ...(actions !== undefined && { Action: actions, NotAction: undefined }),
      ...(resources !== undefined && { Resource: resources, NotResource: undefined }),
      Condition: metConditions(statement.Condition, bound.Condition),
    },
  ];
}

type Element = string | readonly string[] | undefined;

/** Patterns of what both match; nothing where the statement's own element stays. */
function metPatterns(
  [own, ownNot]: readonly [Element, Element],
  [bound, boundNot]: readonly [Element, Element],
): readonly string[] | undefined {
  if (boundNot !== undefined || bound === undefined) return undefined;
  if (ownNot !== undefined || own === undefined) return ownNot === undefined ? undefined : listOf(bound);
  return listOf(own).flatMap((pattern) =>
    listOf(bound).flatMap((other) => {
      const [inner, outer] = [pattern.toLowerCase(), other.toLowerCase()];
      if (!mayMeet(inner, outer)) return [];
      return isCovered(outer, [inner]) && !isCovered(inner, [outer]) ? [other] : [pattern];
    }),
  );
}

/** Both conditions together; of a key that both compare by one operator, the statement's own values. */
function metConditions(own: Statement["Condition"], bound: Statement["Condition"]): Statement["Condition"] {
  if (own === undefined || bound === undefined) return own ?? bound;
  const operators = new Set([...Object.keys(own), ...Object.keys(bound)]);
  return Object.fromEntries(
    [...operators].map((operator) => [operator, { ...bound[operator], ...own[operator] }]),
  );
}
