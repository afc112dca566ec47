import type { AccessGraph, Role, User } from "../../iam/graph";
import { subjectOf, subjectOfArn } from "../world/subject";
import { mayTrust, trustPrincipals } from "../world/trust-principals";
import type { Actor, Answer } from "./actor";
import type { EscalationMethod, Gain } from "./method";
import { ESCALATION_METHODS } from "./methods";
import type { Step } from "./step";

const methodsOf = (kind: Gain["kind"]): readonly EscalationMethod[] =>
  ESCALATION_METHODS.filter(({ gain }) => gain.kind === kind);

const OF_USERS = methodsOf("user");
const OF_PROVIDERS = methodsOf("provider");
const OF_OTHERS = methodsOf("direct");
/** Users that one principal may become: of more, those whom roles trust are the ones that lead on. */
const MOST = 60;

/** Everybody that a principal can become without a service in between. */
export function stepsToBecome(graph: AccessGraph, actor: Actor): readonly Step[] {
  return [...users(graph, actor), ...roles(graph, actor), ...providers(graph, actor), ...others(actor)];
}

function becoming(
  actor: Actor,
  to: User | Role,
  actions: readonly string[],
  answers: readonly (Answer | undefined)[],
  target = subjectOf(to),
): readonly Step[] {
  const known = answers.filter((answer) => answer !== undefined);
  if (known.length < answers.length) return [];
  return [{ way: "becomes", from: actor.principal, to, target, actions, answers: known }];
}

/** By keys, passwords, MFA devices and service credentials of theirs. */
function users(graph: AccessGraph, actor: Actor): readonly Step[] {
  const { principal } = actor;
  const methods = OF_USERS.filter(({ needs }) => needs.every((action) => actor.grants(action)));
  if (methods.length === 0) return [];
  const found: Step[] = [];
  for (const user of targetsOf(graph, actor, methods)) {
    if (user.arn === principal.arn || user.accountId !== principal.accountId) continue;
    for (const { needs } of methods) {
      found.push(...becoming(actor, user, needs, answersOn(actor, needs, user.arn)));
    }
    if (found.length >= MOST) break;
  }
  return found;
}

/** The users whom the policies can name at all; those whom roles trust first, because they lead on. */
function targetsOf(graph: AccessGraph, actor: Actor, methods: readonly EscalationMethod[]): readonly User[] {
  const { byArn, sorted } = indexOf(graph);
  const arns = new Set<string>();
  for (const { needs } of methods) {
    const only = actor.onlyTargets(needs[0] ?? "");
    if (only === undefined) return sorted;
    for (const arn of only) arns.add(arn);
  }
  return [...arns].flatMap((arn) => byArn.get(arn) ?? []);
}

interface Users {
  readonly byArn: ReadonlyMap<string, User>;
  readonly sorted: readonly User[];
}

const indexes = new WeakMap<AccessGraph, Users>();

function indexOf(graph: AccessGraph): Users {
  let index = indexes.get(graph);
  if (index === undefined) {
    const trusted = new Set(graph.roles.flatMap((role) => trustPrincipals(role).users));
    index = {
      byArn: new Map(graph.users.map((user) => [user.arn, user])),
      sorted: [
        ...graph.users.filter(({ arn }) => trusted.has(arn)),
        ...graph.users.filter(({ arn }) => !trusted.has(arn)),
      ],
    };
    indexes.set(graph, index);
  }
  return index;
}

function answersOn(
  actor: Actor,
  actions: readonly string[],
  resource: string,
): readonly (Answer | undefined)[] {
  const answers: (Answer | undefined)[] = [];
  for (const action of actions) {
    const answer = actor.on(action, resource);
    answers.push(answer);
    if (answer === undefined) break;
  }
  return answers;
}

/** By AssumeRole, and by a trust policy that it writes itself. */
function roles(graph: AccessGraph, actor: Actor): readonly Step[] {
  const { principal } = actor;
  const writes = actor.grants("iam:UpdateAssumeRolePolicy");
  return graph.roles.flatMap((role) => {
    if (role.arn === principal.arn) return [];
    return [
      ...(writes && role.accountId === principal.accountId && !isLinked(role)
        ? becoming(
            actor,
            role,
            ["iam:UpdateAssumeRolePolicy"],
            [actor.on("iam:UpdateAssumeRolePolicy", role.arn)],
          )
        : []),
      ...assuming(actor, role),
    ];
  });
}

/** IAM refuses changes of roles that belong to services. */
function isLinked({ path }: Role): boolean {
  return path.startsWith("/aws-service-role/") || path.startsWith("/aws-reserved/");
}

export function assuming(actor: Actor, role: Role): readonly Step[] {
  if (!mayTrust(role, actor.principal.arn)) return [];
  const answer = actor.on("sts:AssumeRole", role.arn, {}, role.trust);
  return becoming(actor, role, ["sts:AssumeRole"], [answer]);
}

/** By an identity provider that roles trust: its clients, certificates and metadata are who may sign in. */
function providers(graph: AccessGraph, actor: Actor): readonly Step[] {
  const methods = OF_PROVIDERS.filter(({ needs }) => needs.every((action) => actor.grants(action)));
  if (methods.length === 0) return [];
  return [...graph.oidcProviders, ...(graph.samlProviders ?? [])].flatMap(({ arn }) =>
    methods.flatMap(({ needs }) => {
      if (/SAML/i.test(needs[0] ?? "") !== arn.includes(":saml-provider/")) return [];
      const trusting = graph.roles.filter((role) => trustPrincipals(role).providers.includes(arn));
      if (trusting.length === 0) return [];
      const answers = answersOn(actor, needs, arn);
      return trusting.flatMap((role) => becoming(actor, role, needs, answers, subjectOfArn(arn)));
    }),
  );
}

/** What has to be there for rights that are nobody's in the graph, by the service of the first action. */
const NOT_KNOWN: Readonly<Record<string, string>> = {
  sso: "whether Identity Center is administered from this account",
  sts: "whether this account manages the organization's root users",
  "account-access": "whether Account Access is in use",
};

/**
 * Rights that are nobody's in the graph. Whoever names the service means it; of who is allowed all but some things
 * (PowerUserAccess) it is not known whether the account has what these rights are taken from.
 */
function others(actor: Actor): readonly Step[] {
  return OF_OTHERS.flatMap(({ needs, title }) => {
    if (!needs.every((action) => actor.grants(action))) return [];
    const answers = needs.map((action) => actor.somewhere(action));
    const known = answers.filter((answer) => answer !== undefined);
    if (known.length < answers.length) return [];
    const [first = ""] = needs;
    const notKnown = actor.names(first) ? undefined : NOT_KNOWN[first.split(":")[0] ?? ""];
    return [
      {
        way: "takes",
        from: actor.principal,
        to: undefined,
        target: title,
        actions: needs,
        answers: known,
        ...(notKnown !== undefined && { notKnown }),
      },
    ];
  });
}
