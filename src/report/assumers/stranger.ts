import { type AttachedPolicy, type Role, UNKNOWN_PART, type User } from "../../iam/graph";
import type { Assumer } from "../access-report";
import { shortResource } from "../rights";
import { shown } from "../shown";
import { matching } from "./demands";

const EVERYTHING: AttachedPolicy = {
  kind: "inline",
  name: "everything",
  address: "",
  attachedBy: "",
  document: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] },
};

/** Stands for an account that nobody has. */
export const NO_ACCOUNT = "000000000000";

/** Somebody who is not in the graph: his policies are taken to allow everything, which the conditions then say. */
export interface Stranger {
  readonly kind: Assumer["kind"];
  readonly name: string;
  readonly caller: User | Role;
  readonly sessionName?: string;
}

/** The account of an ARN or pattern, where it is one. */
export function accountIn(pattern: string): string | undefined {
  const account = pattern.split(":")[4] ?? "";
  return /^\d{12}$/.test(account) ? account : undefined;
}

/** Somebody whose ARN a pattern matches; nothing for what is neither a user nor a role. */
export function byPattern(pattern: string, accounts: readonly string[], role: Role): Stranger | undefined {
  const [, partition = "aws", service = "iam", , , ...rest] = pattern.split(":");
  const [owner = NO_ACCOUNT] = [accountIn(pattern), ...accounts].flatMap((account) => account ?? []);
  const resource = rest.length === 0 ? "example" : matching(rest.join(":"));
  const strangers = [resource, `role/${resource}`, `user/${resource}`].map((one) =>
    strangerOf(`arn:${matching(partition)}:${/[*?]/.test(service) ? "iam" : service}::${owner}:${one}`, role),
  );
  // a wildcard at the beginning of the resource stands for its type, too
  const found =
    /[*?]/.test(rest.join(":")) || rest.length === 0
      ? strangers.find((one) => one !== undefined)
      : strangers[0];
  return found === undefined ? undefined : { ...found, name: shortResource(shown(pattern), role.accountId) };
}

/** Somebody of an ARN; nothing for what is neither a user nor a role nor a session. */
export function strangerOf(arn: string, role: Role): Stranger | undefined {
  const [, partition = "aws", accountId = "", type, rest = ""] =
    /^arn:([^:]+):(?:iam|sts)::([^:]*):(user|role|assumed-role)\/(.+)$/s.exec(arn) ?? [];
  if (type === undefined) return undefined;
  const isSession = type === "assumed-role";
  const [session = ""] = isSession ? rest.split("/").slice(1) : [];
  const path = isSession ? (rest.split("/")[0] ?? "") : rest;
  const principal = {
    arn: `arn:${partition}:iam::${accountId}:${type === "user" ? "user" : "role"}/${path}`,
    name: path.slice(path.lastIndexOf("/") + 1),
    path: "/",
    accountId,
    address: "",
    // nobody knows his tags, nor which there are
    tags: { [UNKNOWN_PART]: UNKNOWN_PART },
    policies: [EVERYTHING],
  };
  if (type === "user") {
    const caller: User = { ...principal, kind: "user", groups: [], loginProfiles: [], accessKeys: [] };
    return { kind: "user", name: arn, caller };
  }
  const caller: Role = {
    ...principal,
    kind: "role",
    trust: role.trust,
    maxSessionDuration: 3600,
    instanceProfiles: [],
  };
  return { kind: "role", name: arn, caller, ...(isSession ? { sessionName: session } : {}) };
}
