import { type Role, UNKNOWN_PART, type User } from "../iam/graph";
import { listOf, type Statement } from "../iam/policy-document";

/** Whom a trust policy's Allow statements name. Whether they get in, the evaluator says. */
export interface TrustNames {
  /** ARNs of users, roles and sessions, exactly. */
  readonly arns: ReadonlySet<string>;
  /** Roles whose sessions are named, as `account name`: sessions are named without the role's path. */
  readonly sessions: ReadonlySet<string>;
  /** Accounts as a whole: by root ARN or by id. */
  readonly accounts: ReadonlySet<string>;
  readonly services: ReadonlySet<string>;
  readonly providers: ReadonlySet<string>;
  /** Everybody, or whoever is not named, or names that are known only after apply. */
  readonly isOpen: boolean;
  /** The document itself is known only after apply. */
  readonly isUnknown: boolean;
}

const ROOT = /^arn:[^:]+:iam::(\d{12}):root$/;
const SESSION = /^arn:[^:]+:sts::(\d{12}):assumed-role\/([^/]+)\//;
const ACCOUNT = /^\d{12}$/;

export function trustNames({ trust }: Role): TrustNames {
  const arns = new Set<string>();
  const accounts = new Set<string>();
  const sessions = new Set<string>();
  const services = new Set<string>();
  const providers = new Set<string>();
  const isUnknown = "unknown" in trust.document;
  let isOpen = false;
  for (const statement of allowing(trust.document)) {
    const { Principal } = statement;
    if (Principal === undefined || Principal === "*") {
      isOpen = true;
      continue;
    }
    for (const service of listOf(Principal["Service"])) services.add(service);
    for (const provider of listOf(Principal["Federated"])) providers.add(provider);
    for (const name of listOf(Principal["AWS"])) {
      const account = ACCOUNT.test(name) ? name : ROOT.exec(name)?.[1];
      if (account !== undefined) accounts.add(account);
      else if (name === "*" || name.includes(UNKNOWN_PART)) isOpen = true;
      else {
        arns.add(name);
        const [, sessionAccount, role] = SESSION.exec(name) ?? [];
        if (role !== undefined) sessions.add(`${sessionAccount} ${role}`);
      }
    }
  }
  return { arns, accounts, sessions, services, providers, isOpen, isUnknown };
}

/** False only for principals that the trust policy certainly does not let in. */
export function mayName(names: TrustNames, principal: User | Role): boolean {
  if (names.isUnknown || names.isOpen) return true;
  if (names.accounts.has(principal.accountId) || names.arns.has(principal.arn)) return true;
  if (principal.kind === "user") return false;
  return (
    principal.arn.includes(UNKNOWN_PART) || names.sessions.has(`${principal.accountId} ${principal.name}`)
  );
}

export function allowing(document: Role["trust"]["document"]): readonly Statement[] {
  return "unknown" in document ? [] : document.Statement.filter(({ Effect }) => Effect === "Allow");
}
