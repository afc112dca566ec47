import { expandActions } from "../iam/actions";
import { EMPTY_GRAPH } from "../iam/empty-graph";
import { compileGraph, effectivePolicies, evaluate } from "../iam/evaluate";
import type { AccessGraph, AttachedPolicy, Group, User } from "../iam/graph";
import type { Credentials, Network } from "../iam/request";
import type { Cell } from "./access-report";
import { conditionsOf, explore, isAllowedAnywhere, userCircumstances } from "./circumstances";
import { shown } from "./shown";

const EVERYTHING: AttachedPolicy = {
  kind: "inline",
  name: "everything",
  address: "",
  attachedBy: "",
  document: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] },
};

/** A user who may do everything but for the Denies of another one: what is refused to him, a guard refuses. */
function almighty(user: User): {
  readonly graph: AccessGraph;
  readonly arn: string;
  readonly policies: readonly AttachedPolicy[];
} {
  const { permissionsBoundary: _boundary, ...unlimited } = user;
  const double: User = { ...unlimited, policies: [...user.policies, EVERYTHING] };
  const graph: AccessGraph = {
    ...EMPTY_GRAPH,
    users: [double],
    groups: double.groups,
  };
  return { graph, arn: double.arn, policies: effectivePolicies(double).map(({ policy }) => policy) };
}

/** What no statement but one for everything could be meant for. */
const ANYTHING = {
  action: "s3:GetObject",
  resource: "arn:aws:s3:::unlisted-example-bucket/example",
} as const;

/** Under which conditions anything that is granted would be possible to a user: what its Denies leave over. */
export function guardedTo(user: User): Cell {
  const { graph, arn, policies } = almighty(user);
  const compiled = compileGraph(graph);
  const circumstances = userCircumstances(policies);
  const outcome = explore(circumstances, (credentials, network) =>
    evaluate({ principal: arn, credentials, network, ...ANYTHING }, compiled),
  );
  return {
    capability: "guarded",
    answer: isAllowedAnywhere(outcome) ? "yes" : outcome.unknowns.length > 0 ? "unknown" : "no",
    extent: "all",
    conditions: conditionsOf(outcome, circumstances.places),
    what: [],
    unknowns: outcome.unknowns.map(shown),
  };
}

/** What a group's own Denies leave to a member. */
export interface GroupGuard {
  readonly guardedTo: Cell;
  readonly guardParts: { readonly mfa: boolean; readonly networks: boolean };
  readonly withoutMfa: readonly string[];
  readonly deniesFederationTokens: boolean;
}

/** @param path of the members: policies may address users by it. */
export function groupGuard(group: Group, path: string): GroupGuard {
  const { accountId } = group;
  const partition = group.arn.split(":")[1] ?? "aws";
  const name = "unlisted-example";
  const member: User = {
    kind: "user",
    arn: `arn:${partition}:iam::${accountId}:user${path}${name}`,
    name,
    path,
    accountId,
    address: "",
    tags: {},
    policies: [],
    groups: [group],
    loginProfiles: [],
    accessKeys: [],
  };
  const cell = guardedTo(member);
  const { graph, arn, policies } = almighty(member);
  const compiled = compileGraph(graph);
  const { places } = userCircumstances(policies);
  const { answer, conditions } = cell;
  const guardParts = {
    mfa: answer === "no" || (conditions.length > 0 && conditions.every(({ mfa }) => mfa !== undefined)),
    networks:
      answer === "no" ||
      (conditions.length > 0 && conditions.every(({ networks }) => networks !== undefined)),
  };
  const may = (action: string, credentials: Credentials) =>
    places.some(({ network }) => isAllowed(action, credentials, network));
  const isAllowed = (action: string, credentials: Credentials, network: Network) =>
    evaluate({ principal: arn, credentials, network, action, resource: arn }, compiled).effect === "Allowed";
  const key: Credentials = { kind: "long-term-key" };
  return {
    guardedTo: cell,
    guardParts,
    withoutMfa: guardParts.mfa
      ? [...expandActions("iam:*"), ...expandActions("sts:*")].filter(
          (action) => action !== "sts:GetCallerIdentity" && may(action, key),
        )
      : [],
    deniesFederationTokens: !may("sts:GetFederationToken", key),
  };
}
