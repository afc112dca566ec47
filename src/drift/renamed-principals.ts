import type { AccountInventory } from "../aws/inventory";
import type { AccessGraph, Group, User } from "../iam/graph";
import { blocks } from "../sources/resource/json-shape";
import { addressOf } from "./access-fact";

/** A user or group that has another name now: IAM knows it by its unique id. */
export interface RenamedPrincipal {
  readonly declared: User | Group;
  readonly actual: User | Group;
}

/**
 * Users and groups that are missing by their name and there by their unique id.
 *
 * @param uniqueIds of declared principals by address (`user/home`), as their state holds them
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_users_rename.html
 */
export function renamedPrincipals(
  declared: AccessGraph,
  actual: AccessGraph,
  inventory: AccountInventory,
  uniqueIds: ReadonlyMap<string, string>,
): readonly RenamedPrincipal[] {
  const present = new Map([...actual.users, ...actual.groups].map((one) => [addressOf(one), one]));
  const byId = new Map(
    [...idsOf(inventory, "user"), ...idsOf(inventory, "group")].map(([address, id]) => [id, address]),
  );
  return [...declared.users, ...declared.groups].flatMap((principal) => {
    const address = addressOf(principal);
    const id = uniqueIds.get(address);
    if (id === undefined || present.has(address)) return [];
    const found = present.get(byId.get(id) ?? "");
    return found?.kind === principal.kind ? [{ declared: principal, actual: found }] : [];
  });
}

function idsOf(
  { authorizationDetails }: AccountInventory,
  kind: "user" | "group",
): readonly (readonly [address: string, id: string])[] {
  const [list, name, id] =
    kind === "user"
      ? (["UserDetailList", "UserName", "UserId"] as const)
      : (["GroupDetailList", "GroupName", "GroupId"] as const);
  return blocks(authorizationDetails[list]).flatMap((item) =>
    typeof item[id] === "string" ? [[`${kind}/${String(item[name])}`, item[id]] as const] : [],
  );
}
