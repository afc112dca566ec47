import type { Severity } from "../findings/severity";
import { accessChange } from "../iam/comparison/access-change";
import { type Grant, grantsOf } from "../iam/comparison/grant";
import { compileGraph } from "../iam/evaluate";
import type { AccessGraph, AttachedPolicy, Policy, Role } from "../iam/graph";
import { mayAssume } from "../report/assume-role";
import { conditionsText } from "../report/words";
import { holdsAdministratorRights, roleTrustDrafts } from "../review/rules/role-trust";
import { statementDiff } from "../review/statement-diff";
import { atomsText, weightOf, worse } from "../review/weight";
import { type AccessFact, addressOf, type FactOf, policyAddress } from "./access-fact";
import type { DriftFinding, DriftWording } from "./drift-finding";
import { remedyOf } from "./remedies";
import { trailOf } from "./trails";

export interface AccessJudging {
  readonly declared: AccessGraph;
  readonly actual: AccessGraph;
  readonly wording: DriftWording;
  readonly isRepaired: (fact: AccessFact) => boolean;
}

/** How bad a fact is, and what it means. */
interface Judgement {
  readonly severity: Severity;
  readonly message: string;
  readonly evidence?: readonly string[];
}

/** Users whose way into a changed role is worked out; of more, the trust policy alone speaks. */
const MOST_ASSUMERS = 50;

export function accessFinding(fact: AccessFact, judging: AccessJudging): DriftFinding {
  const { severity, message, evidence = [] } = judge(fact, judging);
  const trail = trailOf(fact);
  return {
    rule: fact.kind,
    severity,
    address: fact.address,
    message,
    remedy: remedyOf(fact, judging.isRepaired(fact), judging.wording),
    environment: judging.wording.environment,
    ...(evidence.length > 0 && { evidence }),
    ...(trail !== undefined && { trail }),
  };
}

function judge(fact: AccessFact, judging: AccessJudging): Judgement {
  switch (fact.kind) {
    case "policy-attached":
      return attached(fact);
    case "policy-detached":
      return detached(fact);
    case "key-quarantined":
      return {
        severity: "critical",
        message: `AWS found an access key of ${words(fact.principal)} in public and attached ${fact.policy.name}, which blocks what thieves do first. The key is compromised; this is an alarm, not drift to revert.`,
      };
    case "policy-changed":
      return changed(fact);
    case "policy-deleted":
      return {
        severity: deniesOf([fact.policy]).length > 0 ? "critical" : "medium",
        message: `Policy ${fact.policy.name} was deleted; nobody carries it any more.`,
      };
    case "group-joined":
      return joined(fact);
    case "group-left":
      return left(fact);
    case "trust-changed":
      return trustChanged(fact, judging);
    case "principal-recreated":
      return recreated(fact);
    case "session-changed":
      return sessionChanged(fact);
    case "boundary-changed":
      return boundaryChanged(fact);
    case "instance-profile-added":
      return {
        severity: holdsAdministratorRights(fact.role) ? "critical" : "high",
        message: `EC2 instances with instance profile ${fact.profile} get the rights of ${words(fact.role)}, which is not declared.`,
      };
    case "principal-deleted":
      return {
        severity: fact.principal.kind === "group" ? "high" : "medium",
        message: `${capital(words(fact.principal))} is declared and was deleted${fact.principal.kind === "group" ? ": its members lost what it gave them, the guard included" : ""}.`,
      };
  }
}

function attached({ principal, policy }: FactOf<"policy-attached">): Judgement {
  const what = `${policy.kind === "inline" ? "inline policy" : "policy"} ${policy.name}`;
  const { document } = policy;
  if ("unknown" in document) {
    return {
      severity: "high",
      message: `${capital(words(principal))} carries ${what}, which is not declared; what it allows is not known here (${document.reason}).`,
    };
  }
  const allows = allowsOf([policy]);
  const { severity, isAdministrator } = weightOf(allows);
  const rights =
    allows.length === 0
      ? "it allows nothing"
      : isAdministrator
        ? `it gives administrator rights: ${atomsText(allows)}`
        : `it allows ${atomsText(allows)}`;
  return {
    severity: allows.length === 0 ? "low" : worse(severity, "medium"),
    message: `${capital(words(principal))} carries ${what}, which is not declared: ${rights}.`,
    evidence: document.Statement.flatMap((statement) => statementDiff(undefined, statement)),
  };
}

function detached({ principal, policy }: FactOf<"policy-detached">): Judgement {
  const denies = deniesOf([policy]);
  const lost =
    denies.length > 0
      ? `and with it guard rails: it no longer denies ${atomsText(denies)}`
      : `and with it ${allowsText([policy])}`;
  return {
    severity: denies.length > 0 ? "critical" : "medium",
    message: `${capital(words(principal))} lost policy ${policy.name}, which is declared, ${lost}.`,
  };
}

function changed({ name, carriers, declared, actual }: FactOf<"policy-changed">): Judgement {
  const change = accessChange({ identity: [declared] }, { identity: [actual] });
  const gained = change.gained.flatMap(({ atoms }) => atoms);
  const undenied = change.undenied.flatMap(({ atoms }) => atoms);
  const lost = change.lost.flatMap(({ atoms }) => atoms);
  const denied = change.denied.flatMap(({ atoms }) => atoms);
  const parts = [
    ...(gained.length > 0 ? [`it now also allows ${atomsText(gained)}`] : []),
    ...(undenied.length > 0 ? [`it no longer denies as before ${atomsText(undenied)}`] : []),
    ...(lost.length > 0 ? [`it no longer allows ${atomsText(lost)}`] : []),
    ...(denied.length > 0 ? [`it now also denies ${atomsText(denied)}`] : []),
  ];
  const severities: readonly Severity[] = [
    "medium",
    ...(gained.length > 0 ? [weightOf(gained).severity] : []),
    ...(undenied.length > 0 ? (["critical"] as const) : []),
  ];
  const who = carriers.length === 0 ? "carried by nobody" : `carried by ${carriers.slice(0, 5).join(", ")}`;
  const all = [...change.gained, ...change.lost, ...change.denied];
  return {
    severity: severities.reduce(worse),
    message: `Policy ${name} (${who}) was rewritten: ${parts.join("; ")}.`,
    evidence: [
      ...all.flatMap(({ grant, but }) => statementDiff(but?.grant.statement, grant.statement)),
      ...change.undenied.flatMap(({ grant, but }) => statementDiff(grant.statement, but?.grant.statement)),
    ],
  };
}

function joined({ user, group }: FactOf<"group-joined">): Judgement {
  const allows = allowsOf(group.policies);
  const { severity, isAdministrator } = weightOf(allows);
  const extra = isAdministrator
    ? ": administrator rights"
    : allows.length === 0
      ? ""
      : `: ${atomsText(allows)}`;
  return {
    severity: allows.length === 0 ? "low" : worse(severity, "medium"),
    message: `${capital(words(user))} was added to group ${group.name}, which is not declared, and has what the group gives${extra}.`,
  };
}

function left({ user, group }: FactOf<"group-left">): Judgement {
  const denies = deniesOf(group.policies);
  return denies.length > 0
    ? {
        severity: "high",
        message: `${capital(words(user))} was taken out of group ${group.name}: the guard of the group no longer holds it (${group.policies.map(({ name }) => name).join(", ")}), and roles that trust it still do.`,
      }
    : {
        severity: "medium",
        message: `${capital(words(user))} was taken out of group ${group.name} and lost ${allowsText(group.policies)}.`,
      };
}

/** Accounts of every declared principal: their users are no strangers. */
function accountsOf({ users, roles }: AccessGraph): ReadonlySet<string> {
  return new Set([...users, ...roles].map(({ accountId }) => accountId));
}

function trustChanged({ declared, actual }: FactOf<"trust-changed">, judging: AccessJudging): Judgement {
  const drafts = roleTrustDrafts(
    { before: declared, after: actual },
    {
      before: judging.declared,
      after: judging.actual,
      isAdministrator: holdsAdministratorRights,
      accounts: accountsOf(judging.declared),
      isNew: false,
    },
  );
  const said = drafts.map(({ subjects, predicate }) => `${subjects.join(", ")} ${predicate}`);
  const severities = drafts.map(({ rule, severity }): Severity => {
    // in the account already, not only proposed: whoever wrote it may hold the administrator role by now
    return rule === "administrator-gained" && severity === "high" ? "critical" : severity;
  });
  return {
    severity: severities.reduce(worse, "medium"),
    message: `The trust policy of ${words(actual)} was rewritten: ${said.join("; ") || "it means something else"}.`,
    evidence: [
      ...assumersText(declared, actual, judging),
      ...drafts.flatMap(({ evidence = [] }) => evidence),
    ],
  };
}

/** Who may assume the role now and under which conditions, where that differs from what is declared. */
function assumersText(declared: Role, actual: Role, judging: AccessJudging): readonly string[] {
  const { users } = judging.actual;
  if (users.length > MOST_ASSUMERS) return [`who of ${users.length} users may assume it was not worked out`];
  const [was, is] = [compileGraph(judging.declared), compileGraph(judging.actual)];
  return users.flatMap((user) => {
    const now = mayAssume(user, actual, is);
    if (now.answer === "no") return [];
    const before = judging.declared.users.find(({ name }) => name === user.name);
    const then = before === undefined ? undefined : mayAssume(before, declared, was);
    if (JSON.stringify(then) === JSON.stringify(now)) return [];
    const text = conditionsText(now.conditions, judging.wording);
    const maybe = now.answer === "unknown" ? "perhaps " : "";
    return [`${words(user)} may ${maybe}assume it now${text === "" ? "" : `: ${text}`}`];
  });
}

function recreated({ trustedBy, arns }: FactOf<"principal-recreated">): Judgement {
  const names = arns.map((arn) => arn.split(":").slice(5).join(":"));
  const who = names.length === 0 ? "a principal" : names.join(", ");
  return trustedBy === undefined
    ? {
        severity: "high",
        message: `${who} was deleted and made again outside of Terraform: it has another unique id, so policies that name it no longer mean it.`,
      }
    : {
        severity: "high",
        message: `The trust policy of ${words(trustedBy)} shows the unique id of a deleted principal (${who}): whoever has the name now is not trusted.`,
      };
}

function sessionChanged({ role, declaredSeconds, actualSeconds }: FactOf<"session-changed">): Judgement {
  const longer = actualSeconds > declaredSeconds;
  return {
    severity: longer ? (holdsAdministratorRights(role) ? "high" : "medium") : "low",
    message: `Sessions of ${words(role)} may last ${hours(actualSeconds)}, declared are ${hours(declaredSeconds)}${longer ? ": stolen session credentials work so much longer" : ""}.`,
  };
}

function boundaryChanged({ principal, declared, actual }: FactOf<"boundary-changed">): Judgement {
  if (declared === undefined) {
    return {
      severity: "medium",
      message: `${capital(words(principal))} has the permissions boundary ${actual?.name ?? ""}, and none is declared.`,
    };
  }
  return {
    severity: "high",
    message:
      actual === undefined
        ? `${capital(words(principal))} lost its permissions boundary ${declared.name}: nothing limits its policies any more.`
        : `${capital(words(principal))} has the permissions boundary ${actual.name}, declared is ${declared.name}.`,
  };
}

/** A fact between configuration and account that nobody drifted: it waits for its first deployment. */
export function undeployedText(fact: AccessFact): string {
  switch (fact.kind) {
    case "policy-attached":
    case "key-quarantined":
      return `${policyAddress(fact.policy)} is to be taken from ${addressOf(fact.principal)}`;
    case "policy-detached":
      return `${policyAddress(fact.policy)} is to be given to ${addressOf(fact.principal)}`;
    case "policy-changed":
      return `policy ${fact.name} is to be rewritten`;
    case "policy-deleted":
      return `policy ${fact.policy.name} is to be created`;
    case "group-joined":
      return `${addressOf(fact.user)} is to leave ${addressOf(fact.group)}`;
    case "group-left":
      return `${addressOf(fact.user)} is to join ${addressOf(fact.group)}`;
    case "trust-changed":
      return "its trust policy is to be rewritten";
    case "session-changed":
      return `its longest session is to become ${hours(fact.declaredSeconds)}`;
    case "boundary-changed":
      return "its permissions boundary is to change";
    case "instance-profile-added":
      return `its instance profile ${fact.profile} is to go`;
    case "principal-deleted":
    case "principal-recreated":
      return "it is to be created or destroyed";
  }
}

function allowsOf(policies: readonly Pick<Policy, "document">[]): readonly Grant[] {
  return policies.flatMap(({ document }) =>
    "unknown" in document ? [] : grantsOf(document).filter(({ effect }) => effect === "Allow"),
  );
}

function deniesOf(policies: readonly Pick<Policy, "document">[]): readonly Grant[] {
  return policies.flatMap(({ document }) =>
    "unknown" in document ? [] : grantsOf(document).filter(({ effect }) => effect === "Deny"),
  );
}

function allowsText(policies: readonly AttachedPolicy[]): string {
  const allows = allowsOf(policies);
  return allows.length === 0 ? "nothing that is known" : atomsText(allows);
}

function words({ kind, name }: { readonly kind: string; readonly name: string }): string {
  return `${kind} ${name}`;
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

function hours(seconds: number): string {
  const count = seconds / 3600;
  return Number.isInteger(count) ? `${count} h` : `${seconds} s`;
}
