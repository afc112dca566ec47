import type { Role } from "../../iam/graph";
import { listOf } from "../../iam/policy-document";
import { unique } from "./policy-parts";

/** Whom the Allow statements of a trust policy name, told apart by kind. */
export interface TrustPrincipals {
  readonly users: readonly string[];
  /** Everyone, accounts, roles, sessions and unique ids: what is no single user. */
  readonly broad: readonly string[];
  readonly services: readonly string[];
  readonly providers: readonly string[];
  /** The document is known. */
  readonly known: boolean;
}

const known = new WeakMap<Role, TrustPrincipals>();

export function trustPrincipals(role: Role): TrustPrincipals {
  let principals = known.get(role);
  if (principals === undefined) {
    principals = read(role);
    known.set(role, principals);
  }
  return principals;
}

/** Whether the trust policy names somebody in any way; where it does not, nothing else needs to be asked. */
export function mayTrust(role: Role, arn: string): boolean {
  const { users, broad, known: isKnown } = trustPrincipals(role);
  return !isKnown || broad.length > 0 || users.includes(arn);
}

function read({ trust: { document } }: Role): TrustPrincipals {
  if ("unknown" in document) return { users: [], broad: [], services: [], providers: [], known: false };
  const users: string[] = [];
  const broad: string[] = [];
  const services: string[] = [];
  const providers: string[] = [];
  for (const { Effect, Principal, NotPrincipal } of document.Statement) {
    if (Effect !== "Allow") continue;
    if (NotPrincipal !== undefined) broad.push("everyone but those that NotPrincipal names");
    if (Principal === "*") broad.push("*");
    if (Principal === undefined || typeof Principal === "string") continue;
    for (const named of listOf(Principal["AWS"])) (/:user\/[^*?]+$/.test(named) ? users : broad).push(named);
    services.push(...listOf(Principal["Service"]));
    providers.push(...listOf(Principal["Federated"]));
    for (const [kind, values] of Object.entries(Principal)) {
      if (!["AWS", "Service", "Federated"].includes(kind)) broad.push(...listOf(values));
    }
  }
  return {
    users: unique(users),
    broad: unique(broad),
    services: unique(services),
    providers: unique(providers),
    known: true,
  };
}
