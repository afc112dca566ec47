import { actionMatches } from "../../iam/evaluate";
import { type Role, UNKNOWN_PART } from "../../iam/graph";
import { listOf, type Statement } from "../../iam/policy-document";
import { allowing } from "../trust-names";

/** How a statement of a trust policy names somebody. */
export type EntryKind =
  /** A whole account, by root ARN or id. */
  | "account"
  /** `*`, or whoever `NotPrincipal` does not name. */
  | "everyone"
  | "user"
  | "role"
  | "session"
  | "service"
  | "provider"
  /** A user or role that was deleted: AWS shows its unique id. */
  | "deleted"
  /** What no prober is for. */
  | "other";

/** One principal of one Allow of a trust policy: a line of the ledger that somebody has to strike. */
export interface TrustEntry {
  readonly kind: EntryKind;
  /** As written; `*` where the statement names everybody. */
  readonly value: string;
  readonly statement: Statement;
  /** Position of the statement in its document. */
  readonly index: number;
}

const ACTIONS = {
  token: "sts:AssumeRoleWithWebIdentity",
  assertion: "sts:AssumeRoleWithSAML",
  principal: "sts:AssumeRole",
} as const;

/**
 * Whom a trust policy lets in, principal by principal. An Allow that lets nobody of a kind assume (a provider that may
 * only tag sessions) has no entry for it.
 */
export function trustEntries({ trust }: Role): readonly TrustEntry[] {
  const { document } = trust;
  if ("unknown" in document) return [];
  return allowing(document).flatMap((statement) => {
    const index = document.Statement.indexOf(statement);
    return namedBy(statement)
      .filter(([kind, value]) => letsAssume(statement, kind, value))
      .map(([kind, value]) => ({ kind: provedKind(statement, kind), value, statement, index }));
  });
}

function namedBy(statement: Statement): readonly (readonly [EntryKind, string])[] {
  const { Principal: principal, NotPrincipal: others } = statement;
  if (principal === undefined)
    return [others === undefined ? ["other", "nobody is named"] : ["everyone", "*"]];
  if (typeof principal === "string") return [principal === "*" ? ["everyone", "*"] : ["other", principal]];
  return Object.entries(principal).flatMap(([type, values]) =>
    listOf(values).map((value): readonly [EntryKind, string] => [kindOf(type, String(value)), String(value)]),
  );
}

function kindOf(type: string, value: string): EntryKind {
  if (type === "Service") return "service";
  if (type === "Federated") return value === "*" ? "other" : "provider";
  if (type !== "AWS") return "other";
  if (value === "*") return "everyone";
  if (/^\d{12}$/.test(value) || /^arn:[^:]+:iam::\d{12}:root$/.test(value)) return "account";
  if (/^(?:AIDA|AROA)[A-Z0-9]{8,}$/.test(value)) return "deleted";
  const resource = /^arn:[^:]+:(?:iam|sts)::[^:]*:(user|role|assumed-role)\/./s.exec(value)?.[1];
  if (resource === "user" || resource === "role") return resource;
  return resource === "assumed-role" ? "session" : "other";
}

function letsAssume(statement: Statement, kind: EntryKind, value: string): boolean {
  if (kind === "other" || kind === "everyone")
    return Object.values(ACTIONS).some((action) => covers(statement, action));
  if (kind !== "provider") return covers(statement, ACTIONS.principal);
  return assumeActionsOf(value).some((action) => covers(statement, action));
}

/** Everybody who may only come with a token or an assertion is no user or role that could be asked. */
function provedKind(statement: Statement, kind: EntryKind): EntryKind {
  return kind === "everyone" && !covers(statement, ACTIONS.principal) ? "other" : kind;
}

/** With what somebody whom a provider identifies assumes a role. */
export function assumeActionOf(provider: string): string {
  return provider.includes(":saml-provider/") ? ACTIONS.assertion : ACTIONS.token;
}

/** As `assumeActionOf`; both of a provider that is known only after apply. */
function assumeActionsOf(provider: string): readonly string[] {
  const isKnown = /:(?:saml|oidc)-provider\//.test(provider) || !provider.includes(UNKNOWN_PART);
  return isKnown ? [assumeActionOf(provider)] : [ACTIONS.token, ACTIONS.assertion];
}

/** Whether whoever an entry names comes with an assertion of SAML, as far as that is known. */
export function isAssertion({ value, statement }: TrustEntry): boolean {
  return value.includes(":saml-provider/") || !covers(statement, ACTIONS.token);
}

function covers({ Action: actions, NotAction: others }: Statement, action: string): boolean {
  const isIn = (patterns: readonly string[]) =>
    patterns.some((pattern) => pattern.includes(UNKNOWN_PART) || actionMatches(pattern, action));
  return actions === undefined ? !isIn(listOf(others)) : isIn(listOf(actions));
}

/** Whether a Deny without any condition keeps everybody out. */
export function isClosed({ trust }: Role): boolean {
  const { document } = trust;
  if ("unknown" in document) return false;
  return document.Statement.some(
    (statement) =>
      statement.Effect === "Deny" &&
      Object.keys(statement.Condition ?? {}).length === 0 &&
      (statement.Principal === "*" ||
        (typeof statement.Principal === "object" && listOf(statement.Principal["AWS"]).includes("*"))) &&
      Object.values(ACTIONS).every((action) => covers(statement, action)),
  );
}
