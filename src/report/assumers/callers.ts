import { compileGraph } from "../../iam/evaluate";
import { type AccessGraph, type AttachedPolicy, type Role, UNKNOWN_PART, type User } from "../../iam/graph";
import type { Assumer } from "../access-report";
import { assumptionOf } from "../assume-role";
import { shortResource } from "../rights";
import { shown } from "../shown";
import { choiceOf } from "./choice";
import { type Demand, demandedValues, demandsOf, matching } from "./demands";
import { type Found, NOBODY, notKnown, untried } from "./found-assumer";
import type { TrustEntry } from "./trust-entries";

const EVERYTHING: AttachedPolicy = {
  kind: "inline",
  name: "everything",
  address: "",
  attachedBy: "",
  document: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] },
};

/** Stands for an account that nobody has. */
const NO_ACCOUNT = "000000000000";

/** Somebody who is not in the graph: his policies are taken to allow everything, which the conditions then say. */
interface Stranger {
  readonly kind: Assumer["kind"];
  readonly name: string;
  readonly caller: User | Role;
  readonly sessionName?: string;
}

/** A user, role or session of which the source holds no more than what the trust policy says. */
export function strangerFound(entry: TrustEntry, role: Role): Found {
  const stranger = strangerOf(entry.value, role);
  const name = shown(entry.value);
  if (stranger === undefined || entry.value.includes(UNKNOWN_PART)) {
    const reason = "whom the trust policy names is known only after apply";
    const kind = entry.kind === "user" || entry.kind === "role" ? entry.kind : "other";
    return { assumers: [notKnown(kind, name, [reason])], isExhausted: true };
  }
  return { assumers: [asked({ ...stranger, name }, entry, role)], isExhausted: true };
}

/**
 * Whoever a whole account, or everybody, stands for once the conditions of the statement have narrowed it: each pattern
 * of `aws:PrincipalArn`, else somebody of the accounts that are named.
 *
 * @param isHere whether somebody of an ARN was asked for himself
 * @param isWhole whether everybody of an account was
 */
export function anybodyFound(
  entry: TrustEntry,
  role: Role,
  {
    isHere,
    isWhole,
  }: { readonly isHere: (arn: string) => boolean; readonly isWhole: (accountId: string) => boolean },
): Found {
  const demands = demandsOf(entry.statement);
  const accounts = accountsOf(entry, demands);
  if (accounts.length === 0) return NOBODY;
  const patterns = demandedValues(demands, /^aws:principalarn$/);
  if (patterns.length === 0) {
    const someone = accounts.flatMap((account) =>
      isWhole(account) ? [] : someoneOf(account, entry, demands, role),
    );
    return { assumers: someone.map((stranger) => asked(stranger, entry, role)), isExhausted: true };
  }
  const meant = patterns.filter((pattern) => !isHere(pattern) && isMeant(pattern, accounts));
  const strangers = meant.map((pattern) => byPattern(pattern, accounts, role));
  return {
    assumers: strangers.flatMap((stranger) => (stranger === undefined ? [] : [asked(stranger, entry, role)])),
    // a root user cannot assume roles
    isExhausted: strangers.every(
      (stranger, index) => stranger !== undefined || /:root$/.test(meant[index] ?? ""),
    ),
  };
}

/** The accounts that may be meant; `000000000000` for any. */
function accountsOf({ kind, value }: TrustEntry, demands: readonly Demand[]): readonly string[] {
  const named = kind === "account" ? [/\d{12}/.exec(value)?.[0] ?? value] : [];
  const demanded = demandedValues(demands, /^aws:principalaccount$/);
  if (demanded.length === 0) return named.length > 0 ? named : [NO_ACCOUNT];
  if (named.length === 0) return demanded;
  return named.filter((account) => demanded.some((one) => one === account || /[*?\uFFFD]/.test(one)));
}

function accountIn(pattern: string): string | undefined {
  const account = pattern.split(":")[4] ?? "";
  return /^\d{12}$/.test(account) ? account : undefined;
}

function isMeant(pattern: string, accounts: readonly string[]): boolean {
  const account = accountIn(pattern);
  return account === undefined || accounts.includes(NO_ACCOUNT) || accounts.includes(account);
}

/** Somebody whose ARN a pattern matches; nothing for what is neither a user nor a role. */
function byPattern(pattern: string, accounts: readonly string[], role: Role): Stranger | undefined {
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

function someoneOf(
  account: string,
  { kind, statement }: TrustEntry,
  demands: readonly Demand[],
  role: Role,
): readonly Stranger[] {
  const [organization] = demandedValues(demands, /^aws:principalorg(?:id|paths)$/);
  const types = demandedValues(demands, /^aws:principaltype$/);
  const resource = types.length > 0 && !types.includes("User") ? "role" : "user";
  const stranger = strangerOf(`arn:aws:iam::${account}:${resource}/unlisted-example`, role);
  if (stranger === undefined) return [];
  const others = statement.NotPrincipal === undefined ? "" : " but those whom NotPrincipal names";
  const isNamed = kind === "everyone" && account === role.accountId;
  const name = isNamed
    ? `anyone of account ${shown(account)}`
    : account !== NO_ACCOUNT
      ? `anyone whom policies of account ${shown(account)} allow`
      : organization === undefined
        ? `anyone in any AWS account${others}`
        : `anyone in the AWS organization ${shown(organization)}`;
  return [{ ...stranger, name, kind: kind === "account" || account !== NO_ACCOUNT ? "account" : "other" }];
}

function strangerOf(arn: string, role: Role): Stranger | undefined {
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

/** Keys that follow from who calls; what else a statement asks for, a stranger is taken to bring. */
const FOLLOWING = /^aws:(?:principalarn|principalaccount|principaltype|username|principalisawsservice)$/;

function asked({ kind, name, caller, sessionName }: Stranger, entry: TrustEntry, role: Role): Assumer {
  const demands = demandsOf(entry.statement);
  const graph: AccessGraph = {
    users: caller.kind === "user" ? [caller] : [],
    groups: [],
    roles: caller.kind === "role" ? [role, caller] : [role],
    managedPolicies: [],
    oidcProviders: [],
    safeguards: [],
    unknowns: [],
  };
  const choice = choiceOf(demands, (key) => !FOLLOWING.test(key));
  const { answer, conditions, unknowns } = assumptionOf(caller, role, compileGraph(graph), {
    choices: [choice],
    ...(sessionName === undefined ? {} : { sessionName }),
  });
  if (answer === "no") return notKnown(kind, name, [untried(entry, demands)]);
  if (answer === "unknown") return notKnown(kind, name, unknowns);
  const besides = permissionText(kind, caller, entry, role);
  return {
    kind,
    name,
    answer,
    conditions: conditions.map((one) => ({
      ...one,
      ...(besides.length > 0 && { besides: [...(one.besides ?? []), ...besides] }),
    })),
    unknowns,
  };
}

/** Who is not named himself needs a permission of his own as well. */
function permissionText(
  kind: Assumer["kind"],
  { accountId }: User | Role,
  entry: TrustEntry,
  role: Role,
): readonly string[] {
  if (entry.kind === "everyone" && accountId === role.accountId) return [];
  if (accountId !== role.accountId || kind === "account") return ["where its own account allows it"];
  return entry.kind === "account" ? ["where its own policies allow it"] : [];
}
