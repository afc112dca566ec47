import type { Role, User } from "../../iam/graph";
import { policyDocument, type Statement } from "../../iam/policy-document";
import { type Demand, demandsOf, isPositive, matching } from "../../report/assumers/demands";

/** Somebody of an account that nobody here declares, who may do there whatever the account lets people do. */
export interface StrangerCaller {
  readonly principal: User | Role;
  /** The session of the role that calls, where the trust policy names one. */
  readonly sessionName?: string;
  /** The account, where the trust policy says which. */
  readonly account?: string;
}

export interface Known {
  /** Ids of the known accounts. */
  readonly accounts: ReadonlySet<string>;
  /** Of the role: nobody assumes one of another partition. */
  readonly partition: string;
  /** Accounts and ARNs that a Deny of the trust policy spares: `999988887777`, `arn:aws:iam::999988887777:role/x`. */
  readonly spared: readonly string[];
}

/** Taken where any other account will do. */
const ELSEWHERE = ["999999999999", "888888888888", "777777777777"];
const UNATTACHED = { kind: "inline", address: "", attachedBy: "" } as const;
const ARN = /^arn:([^:]+):(iam|sts)::([^:]*):(user|role|assumed-role|root)(?:\/(.*))?$/;
const EVERYTHING = policyDocument({ Effect: "Allow", Action: "*", Resource: "*" });

/**
 * Callers of other accounts that stand for all whom one principal of a statement means: for an account a user and a
 * role of it, or those that the conditions name.
 *
 * @param principal as the trust policy writes it: `*`, an account id, an ARN
 * @returns undefined where it means somebody of another account whom nobody can tell
 */
export function strangerCallers(
  principal: string,
  statement: Statement,
  known: Known,
): readonly StrangerCaller[] | undefined {
  const { accounts, partition } = known;
  const demands = demandsOf(statement).filter(isPositive);
  if (principal === "*") return anybody(demands, known);
  const account = /^\d{12}$/.test(principal) ? principal : ARN.exec(principal)?.[3];
  if (account === undefined) return /^arn:/.test(principal) ? undefined : [];
  if (accounts.has(account)) return [];
  if (/^\d{12}$/.test(principal) || principal.endsWith(":root"))
    return ofAccount(account, demands, partition);
  const caller = callerOf(principal);
  return caller === undefined ? undefined : [{ ...caller, account }];
}

function anybody(
  demands: readonly Demand[],
  { accounts, partition, spared }: Known,
): readonly StrangerCaller[] {
  const arns = valuesOf(demands, "aws:principalarn");
  const own = valuesOf(demands, "aws:principalaccount");
  const isNamed = [...arns.map(accountIn), ...own].some((text) => /^\d{12}$/.test(text));
  const somewhere = ELSEWHERE.find((id) => !accounts.has(id)) ?? "";
  const named =
    arns.length > 0 ? arns.flatMap((arn) => callerOf(filled(arn, somewhere, partition)) ?? []) : undefined;
  const ids = own.length > 0 ? own.map((value) => filledAccount(value, somewhere)) : [somewhere];
  const anyone = (id: string) => [roleOf(id, "stranger", partition), userOf(id, "stranger", partition)];
  const others = spared.flatMap((text) => {
    if (!text.startsWith("arn:")) return anyone(filledAccount(text, somewhere));
    return text.endsWith(":root")
      ? anyone(accountIn(text))
      : (callerOf(filled(text, somewhere, partition)) ?? []);
  });
  return [...(named ?? ids.flatMap(anyone)), ...others]
    .filter(({ principal: { accountId } }) => !accounts.has(accountId))
    .map((caller) => ({ ...caller, ...(isNamed && { account: caller.principal.accountId }) }));
}

function ofAccount(
  account: string,
  demands: readonly Demand[],
  partition: string,
): readonly StrangerCaller[] {
  const named = valuesOf(demands, "aws:principalarn").flatMap(
    (arn) => callerOf(filled(arn, account, partition)) ?? [],
  );
  return (
    named.length > 0
      ? named
      : [roleOf(account, "stranger", partition), userOf(account, "stranger", partition)]
  ).map((caller) => ({
    ...caller,
    account,
  }));
}

function valuesOf(demands: readonly Demand[], key: string): readonly string[] {
  return demands.filter(({ lowerKey }) => lowerKey === key).flatMap(({ values }) => values);
}

function accountIn(arn: string): string {
  return arn.split(":")[4] ?? "";
}

/** An ARN that a pattern matches; its account one that the pattern allows. */
function filled(pattern: string, account: string, own: string): string {
  const [arn = "arn", partition = own, service = "iam", region = "", id = "", ...rest] = pattern.split(":");
  if (rest.length === 0) return `arn:${own}:iam::${account}:role/stranger`;
  const parts = [arn, /[*?]/.test(partition) ? own : partition, /[*?]/.test(service) ? "iam" : service];
  const resource = rest.join(":").replace(/^\*/, "role/*");
  return [...parts, matching(region), filledAccount(id, account), matching(resource)].join(":");
}

/** An account id that a pattern matches. */
function filledAccount(pattern: string, account: string): string {
  if (!/[*?]/.test(pattern)) return pattern;
  const [before = "", ...after] = pattern.split(/[*?]+/);
  const end = after.join("");
  return `${before}${account.slice(before.length, 12 - end.length)}${end}`;
}

function callerOf(arn: string): StrangerCaller | undefined {
  const [, partition = "", , account = "", kind, rest = ""] = ARN.exec(arn) ?? [];
  switch (kind) {
    case "user":
      return userOf(account, rest, partition);
    case "role":
      return roleOf(account, rest, partition);
    case "assumed-role": {
      const [name = "", sessionName = ""] = rest.split("/");
      return { ...roleOf(account, name, partition), sessionName };
    }
    default:
      return undefined;
  }
}

function userOf(accountId: string, path: string, partition: string): StrangerCaller {
  const user = principalOf("user", accountId, path, partition);
  return { principal: { ...user, kind: "user", groups: [], loginProfiles: [], accessKeys: [] } };
}

function roleOf(accountId: string, path: string, partition: string): StrangerCaller {
  const role = principalOf("role", accountId, path, partition);
  const trust = { ...UNATTACHED, kind: "trust", name: "trust", document: policyDocument() } as const;
  return { principal: { ...role, kind: "role", trust, maxSessionDuration: 3600, instanceProfiles: [] } };
}

function principalOf(kind: string, accountId: string, path: string, partition: string) {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const everything = { ...UNATTACHED, name: "everything", document: EVERYTHING } as const;
  return {
    arn: `arn:${partition}:iam::${accountId}:${kind}/${path}`,
    name,
    path: "/",
    accountId,
    address: "",
    tags: {},
    policies: [everything],
  };
}
