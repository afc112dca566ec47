import type { AttachedPolicy, Group, Role, User } from "../../iam/graph";
import type { PolicyDocument } from "../../iam/policy-document";
import { shownName } from "./principal-names";

/** A user, a role; or a group without members and a policy without an attachment, which others may use. */
export type Holder = User | Role | Bearer;

/** Something that carries policies and that nobody in the source uses, or that the source names and does not hold. */
export interface Bearer {
  readonly kind: "group" | "policy" | `unmanaged ${"user" | "group" | "role"}`;
  readonly arn: string;
  readonly name: string;
  readonly address: string;
  readonly policies: readonly AttachedPolicy[];
  readonly permissionsBoundary?: undefined;
}

/** A policy and, where it comes through one, the group that carries it. */
export interface PlacedPolicy {
  readonly policy: AttachedPolicy;
  readonly group?: Group;
}

/** Policies in force for a principal: its own, and a user's groups'. */
export function placedPolicies(principal: Holder | undefined): readonly PlacedPolicy[] {
  if (principal === undefined) return [];
  const own = principal.policies.map((policy) => ({ policy }));
  if (principal.kind !== "user") return own;
  return [
    ...own,
    ...principal.groups.flatMap((group) => group.policies.map((policy) => ({ policy, group }))),
  ];
}

/** Documents of those that are known. */
export function knownDocuments(placed: readonly PlacedPolicy[]): PolicyDocument[] {
  return placed.flatMap(({ policy: { document } }) => ("unknown" in document ? [] : [document]));
}

/** `user home`, `role admin-*`: how findings name who they are about. */
export function subjectOf({ kind, name }: { readonly kind: string; readonly name: string }): string {
  return `${kind} ${shownName(name)}`;
}

/** `, through policy work of group devs`. */
export function throughText(placed: PlacedPolicy | undefined): string {
  if (placed === undefined) return "";
  const { policy, group } = placed;
  return `, through policy ${shownName(policy.name)}${group === undefined ? "" : ` of group ${shownName(group.name)}`}`;
}
