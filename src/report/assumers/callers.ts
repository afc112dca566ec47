import { EMPTY_GRAPH } from "../../iam/empty-graph";
import { compileGraph } from "../../iam/evaluate";
import { type AccessGraph, type Role, UNKNOWN_PART, type User } from "../../iam/graph";
import type { Assumer } from "../access-report";
import { assumptionOf } from "../assume-role";
import { shown } from "../shown";
import { choiceOf, isClaimKey } from "./choice";
import { type Demand, demandedValues, demandsOf, matching } from "./demands";
import { type Found, NOBODY, notKnown, untried } from "./found-assumer";
import { accountIn, byPattern, NO_ACCOUNT, type Stranger, strangerOf } from "./stranger";
import type { TrustEntry } from "./trust-entries";

/** A user, role or session of which the source holds no more than what the trust policy says. */
export function strangerFound(entry: TrustEntry, role: Role): Found {
  const stranger = strangerOf(entry.value, role);
  const name = shown(entry.value);
  if (/[*?]/.test(entry.value)) {
    const reason = "IAM takes no wildcards in the ARN of a principal";
    return { assumers: [notKnown(stranger?.kind ?? "other", name, [reason])], isExhausted: true };
  }
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
  const [only = NO_ACCOUNT, ...further] = accounts;
  const isAsked = (pattern: string) =>
    isHere(pattern) || isWhole(accountIn(pattern) ?? (further.length === 0 ? only : NO_ACCOUNT));
  const meant = patterns.filter((pattern) => !isAsked(pattern) && isMeant(pattern, accounts));
  const isOpen = meant.some(isAnybody);
  const strangers = meant
    .filter((pattern) => !isAnybody(pattern))
    .map((pattern) => byPattern(pattern, accounts, role));
  const anybody = isOpen ? accounts.flatMap((account) => someoneOf(account, entry, demands, role)) : [];
  const all = [...anybody, ...strangers.flatMap((stranger) => stranger ?? [])];
  // a root user cannot assume roles
  const isKnown = (pattern: string, index: number) =>
    strangers[index] !== undefined || pattern.endsWith(":root");
  return {
    assumers: all.map((stranger) => asked(stranger, entry, role)),
    isExhausted: meant.filter((pattern) => !isAnybody(pattern)).every(isKnown),
  };
}

/** The accounts that may be meant; `000000000000` for any. */
function accountsOf({ kind, value }: TrustEntry, demands: readonly Demand[]): readonly string[] {
  const named = kind === "account" ? [/\d{12}/.exec(value)?.[0] ?? value] : [];
  const written = demandedValues(demands, /^aws:principalaccount$/);
  const demanded = written.map((account) => (/^\*+$/.test(account) ? NO_ACCOUNT : account));
  if (demanded.length === 0) return named.length > 0 ? named : [NO_ACCOUNT];
  if (named.length === 0) return demanded;
  const isDemanded = (account: string) =>
    demanded.some((one) => one === account || one === NO_ACCOUNT || /[*?\uFFFD]/.test(one));
  return named.filter(isDemanded);
}

function isMeant(pattern: string, accounts: readonly string[]): boolean {
  const account = accountIn(pattern);
  return account === undefined || accounts.includes(NO_ACCOUNT) || accounts.includes(account);
}

function resourceOf(pattern: string): string {
  return pattern.split(":").slice(5).join(":");
}

/** Whether a pattern says nothing of the name: `*`, `arn:aws:iam::*:*`. */
function isAnybody(pattern: string): boolean {
  return /^\*+$/.test(pattern) || (accountIn(pattern) === undefined && /^\*+$/.test(resourceOf(pattern)));
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
  const [user] = demandedValues(demands, /^aws:username$/).filter((name) => name !== "");
  const named = user === undefined ? `${resource}/unlisted-example` : `user/${matching(user)}`;
  const stranger = strangerOf(`arn:aws:iam::${account}:${named}`, role);
  if (stranger === undefined) return [];
  if (user !== undefined) {
    const owner = account === NO_ACCOUNT ? "any AWS account" : `account ${shown(account)}`;
    return [{ ...stranger, name: `user ${shown(user)} of ${owner}` }];
  }
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

/** Keys that follow from who calls; what else a statement asks for, a stranger is taken to bring. */
const FOLLOWING = /^aws:(?:principalarn|principalaccount|principaltype|username|principalisawsservice)$/;

function asked({ kind, name, caller, sessionName }: Stranger, entry: TrustEntry, role: Role): Assumer {
  const demands = demandsOf(entry.statement);
  const graph: AccessGraph = {
    ...EMPTY_GRAPH,
    users: caller.kind === "user" ? [caller] : [],
    roles: caller.kind === "role" ? [role, caller] : [role],
  };
  const choice = choiceOf(demands, (key) => !FOLLOWING.test(key) && !isClaimKey(key));
  const { answer, conditions, unknowns } = assumptionOf(caller, role, compileGraph(graph), {
    choices: [choice],
    ...(sessionName === undefined ? {} : { sessionName }),
  });
  if (answer === "no") return notKnown(kind, name, [untried(entry, demands)]);
  if (answer === "unknown") return notKnown(kind, name, unknowns.map(ofStranger));
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

/** Why something is not known, without the name that stands for somebody. */
function ofStranger(reason: string): string {
  return reason.replace(
    /a tag key of .* is known only after apply$/s,
    "the caller's tags are not in this source",
  );
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
