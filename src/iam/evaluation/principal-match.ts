import { UNKNOWN_PART } from "../graph";
import { listOf, type PrincipalBlock, type Statement } from "../policy-document";
import type { Caller } from "./caller";
import { type Pattern, patternOf } from "./pattern";
import { and, not, or, some, type Ternary } from "./ternary";
import { matches } from "./wildcard";

/**
 * How a trust policy names a caller, which decides what else is asked: one who is named himself needs nothing
 * more in the same account; a role's permissions boundary still limits it; an account delegates to its policies.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html
 */
export interface Naming {
  /** User ARN, session ARN, service, identity provider or everyone. */
  readonly direct: Ternary;
  readonly role: Ternary;
  readonly account: Ternary;
}

export interface PrincipalTest {
  names(caller: Caller, note: (reason: string) => void): Naming;
}

const NOBODY: Naming = { direct: false, role: false, account: false };

/** Reads the Principal or NotPrincipal of a statement once. */
export function compilePrincipals(statement: Statement): PrincipalTest | undefined {
  if (statement.Principal !== undefined) {
    const list = principalList(statement.Principal);
    return { names: (caller, note) => namedIn(list, caller, note) };
  }
  if (statement.NotPrincipal === undefined) return undefined;
  const list = principalList(statement.NotPrincipal);
  return {
    names: (caller, note) => ({ ...NOBODY, direct: notNamedIn(list, statement.Effect, caller, note) }),
  };
}

interface PrincipalList {
  readonly everyone: boolean;
  readonly arns: readonly Pattern[];
  readonly accounts: readonly string[];
  readonly services: readonly Pattern[];
  readonly providers: readonly Pattern[];
}

function principalList(block: PrincipalBlock): PrincipalList {
  if (block === "*") return { everyone: true, arns: [], accounts: [], services: [], providers: [] };
  const aws = listOf(block["AWS"]);
  const exact = (values: readonly string[]): Pattern[] => values.map((value) => patternOf(value));
  return {
    everyone: aws.includes("*"),
    arns: exact(aws.filter((value) => value !== "*" && !/^\d{12}$/.test(value))),
    accounts: aws.filter((value) => /^\d{12}$/.test(value)),
    services: exact(listOf(block["Service"])),
    providers: exact(listOf(block["Federated"])),
  };
}

function namedIn(list: PrincipalList, caller: Caller, note: (reason: string) => void): Naming {
  const oneOf = (patterns: readonly Pattern[], text: string): Ternary =>
    some(patterns, (pattern) => noted(matches(pattern, text), text, note));
  switch (caller.kind) {
    case "service":
    case "web-identity": {
      const named =
        caller.kind === "service"
          ? oneOf(list.services, caller.name)
          : oneOf(list.providers, caller.provider);
      if (!list.everyone || named === true) return { ...NOBODY, direct: named };
      note("whether Principal * takes in callers without AWS credentials is not modelled");
      return { ...NOBODY, direct: "unknown" };
    }
    case "user":
      return {
        direct: list.everyone ? true : oneOf(list.arns, caller.arn),
        role: false,
        account: accountIn(list, caller.arn, caller.accountId, oneOf),
      };
    case "role":
      return {
        direct: list.everyone ? true : sessionIn(list, caller, note),
        role: oneOf(list.arns, caller.arn),
        account: accountIn(list, caller.arn, caller.accountId, oneOf),
      };
    case "root":
      return {
        ...NOBODY,
        direct: list.everyone,
        account: accountIn(list, caller.arn, caller.accountId, oneOf),
      };
    case "unidentified":
      note(caller.reason);
      return { direct: "unknown", role: "unknown", account: "unknown" };
  }
}

function accountIn(
  list: PrincipalList,
  arn: string,
  accountId: string,
  oneOf: (patterns: readonly Pattern[], text: string) => Ternary,
): Ternary {
  if (list.accounts.includes(accountId)) return true;
  return oneOf(list.arns, `arn:${partitionOf(arn)}:iam::${accountId}:root`);
}

/** A session is named by its role's name, without the path, and its own. */
function sessionIn(
  list: PrincipalList,
  caller: Extract<Caller, { kind: "role" }>,
  note: (reason: string) => void,
): Ternary {
  const prefix = `arn:${partitionOf(caller.arn)}:sts::${caller.accountId}:assumed-role/${caller.name}/`;
  const session = `${prefix}${caller.sessionName ?? UNKNOWN_PART}`;
  return some(list.arns, (pattern) => {
    const named = matches(pattern, session);
    if (named === "unknown") note(`the name of the session of ${caller.name} is not part of the question`);
    return named;
  });
}

/**
 * NotPrincipal with Deny spares only who is named together with his account, and nobody with a permissions
 * boundary. With Allow, which AWS no longer supports, it grants to everyone else.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
function notNamedIn(
  list: PrincipalList,
  effect: Statement["Effect"],
  caller: Caller,
  note: (reason: string) => void,
): Ternary {
  const naming = namedIn(list, caller, note);
  const named = or(naming.direct, naming.role);
  if (effect === "Allow") return not(or(named, naming.account));
  if (caller.kind === "service" || caller.kind === "web-identity" || list.everyone) return not(named);
  if (hasBoundary(caller)) return true;
  const spared = and(named, naming.account);
  if (spared === true || named === false) return !spared;
  note("NotPrincipal names the caller without his account, and then AWS may deny him or not");
  return "unknown";
}

function hasBoundary(caller: Caller): boolean {
  if (caller.kind === "user") return caller.user?.permissionsBoundary !== undefined;
  return caller.kind === "role" && caller.role?.permissionsBoundary !== undefined;
}

function partitionOf(arn: string): string {
  return arn.split(":")[1] ?? "aws";
}

function noted(answer: Ternary, text: string, note: (reason: string) => void): Ternary {
  if (answer === "unknown") {
    note(
      `whether a principal of the policy is ${text.replaceAll(UNKNOWN_PART, "(unknown)")} is known only after apply`,
    );
  }
  return answer;
}
