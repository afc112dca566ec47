import { type CompiledGraph, compileGraph, evaluate } from "../iam/evaluate";
import type { AccessGraph, AttachedPolicy, Role, User } from "../iam/graph";
import { listOf } from "../iam/policy-document";
import type { Assumer } from "./access-report";
import { mayAssume } from "./assume-role";
import { conditionsOf, explore, isAllowedAnywhere, sessionCircumstances } from "./circumstances";
import { referenceOf } from "./judged-principal";
import { shortResource } from "./rights";
import { shown } from "./shown";
import { allowing, type TrustNames } from "./trust-names";

const EVERYTHING: AttachedPolicy = {
  kind: "inline",
  name: "everything",
  address: "",
  attachedBy: "",
  document: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] },
};

/** Who else than users and roles of the graph may assume a role: strangers, accounts, services, bearers of tokens. */
export function outsideAssumers(role: Role, names: TrustNames, graph: CompiledGraph): readonly Assumer[] {
  if (names.isUnknown) {
    const { document } = role.trust;
    const reason = "unknown" in document ? document.reason : "";
    return [{ kind: "other", name: "not known", answer: "unknown", conditions: [], unknowns: [reason] }];
  }
  const strangers = [...names.arns]
    .filter((arn) => graph.find(arn) === 0)
    .map((arn) =>
      stranger(arn.includes(":role/") || arn.includes(":sts:") ? "role" : "user", shown(arn), arn, role),
    );
  const accounts = [...names.accounts].map((account) => {
    const name = `anyone whom policies of account ${account} allow`;
    return stranger("account", name, `arn:aws:iam::${account}:user/unlisted-example`, role);
  });
  const anyone = names.isOpen
    ? [
        stranger(
          "other",
          "anyone in any AWS account",
          "arn:aws:iam::000000000000:user/unlisted-example",
          role,
        ),
      ]
    : [];
  const services = [...names.services].map((service) => serviceAssumer(service, role, graph));
  const tokens = [...names.providers].flatMap((provider) => tokenAssumers(provider, role, graph));
  return [...strangers, ...accounts, ...anyone, ...services, ...tokens].flatMap((assumer) => assumer ?? []);
}

/** A principal whose own policies nobody knows: judged as if these allowed everything, which the conditions then say. */
function stranger(kind: Assumer["kind"], name: string, arn: string, role: Role): Assumer | undefined {
  const accountId = arn.split(":")[4] ?? "";
  const user: User = {
    kind: "user",
    arn,
    name: arn.slice(arn.lastIndexOf("/") + 1),
    path: "/",
    accountId,
    address: "",
    tags: {},
    policies: [EVERYTHING],
    groups: [],
    loginProfiles: [],
    accessKeys: [],
  };
  const { kind: _kind, groups: _groups, loginProfiles: _logins, accessKeys: _keys, ...principal } = user;
  const caller: User | Role =
    kind === "role"
      ? { ...principal, kind: "role", trust: role.trust, maxSessionDuration: 3600, instanceProfiles: [] }
      : user;
  const graph: AccessGraph = {
    users: caller.kind === "user" ? [caller] : [],
    groups: [],
    roles: caller.kind === "role" ? [role, caller] : [role],
    managedPolicies: [],
    oidcProviders: [],
    safeguards: [],
    unknowns: [],
  };
  const { answer, conditions, unknowns } = mayAssume(caller, role, compileGraph(graph));
  if (answer === "no") return undefined;
  const isOwnAccount = accountId === role.accountId && kind !== "account";
  const besides = isOwnAccount ? [] : ["where its own account allows it"];
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

function serviceAssumer(service: string, role: Role, graph: CompiledGraph): Assumer | undefined {
  const ask = (context: Readonly<Record<string, string>>) =>
    evaluate(
      {
        principal: service,
        credentials: { kind: "service" },
        network: "none",
        action: "sts:AssumeRole",
        resource: referenceOf(role, graph),
        context,
        absentContext: ["aws:SourceAccount", "aws:SourceArn"].filter((key) => context[key] === undefined),
      },
      graph,
    );
  const own = { "aws:SourceAccount": role.accountId };
  const asked = conditionTexts(role, /^aws:source(arn|account|orgid)$/i);
  const bare = ask({});
  const decision = bare.effect === "Allowed" ? bare : ask({ ...own, ...sourceArn(role) });
  if (decision.effect === "ExplicitlyDenied" || decision.effect === "ImplicitlyDenied") return undefined;
  const besides = bare.effect === "Allowed" ? [] : asked;
  return {
    kind: "service",
    name: service,
    answer: decision.effect === "Allowed" ? "yes" : "unknown",
    conditions: decision.effect === "Allowed" ? [besides.length > 0 ? { besides } : {}] : [],
    unknowns: decision.unknowns.map(shown),
  };
}

function sourceArn(role: Role): Readonly<Record<string, string>> {
  const [pattern] = conditionPairs(role, /^aws:sourcearn$/i).map(([, value]) => value);
  return pattern === undefined ? {} : { "aws:SourceArn": pattern.replaceAll("*", "example") };
}

/** Tokens that a trust policy seems to be written for: each subject that it names, with the audience. */
function tokenAssumers(provider: string, role: Role, graph: CompiledGraph): readonly (Assumer | undefined)[] {
  const found = graph.findProvider(provider);
  const url = found?.url ?? provider.split(":oidc-provider/")[1] ?? provider;
  const pairs = conditionPairs(role, new RegExp(`^${url.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}:`, "i"));
  const claims: Record<string, string> = {};
  const subjects: string[] = [];
  for (const [key, value] of pairs) {
    const claim = key.slice(url.length + 1).toLowerCase();
    if (claim === "sub") subjects.push(value);
    else claims[claim] ??= value.replaceAll("*", "example");
  }
  claims["aud"] ??= found?.clientIds[0] ?? "sts.amazonaws.com";
  return (subjects.length > 0 ? [...new Set(subjects)] : [ANY_SUBJECT]).map((subject) => {
    const sub =
      subject === ANY_SUBJECT ? "unlisted-example" : subject.replaceAll("*", "example").replaceAll("?", "x");
    const credentials = { kind: "web-identity", claims: { ...claims, sub } } as const;
    const circumstances = sessionCircumstances([role.trust], credentials);
    const outcome = explore(circumstances, (_credentials, network) =>
      evaluate(
        {
          principal: provider,
          credentials,
          network,
          action: "sts:AssumeRoleWithWebIdentity",
          resource: referenceOf(role, graph),
        },
        graph,
      ),
    );
    if (!isAllowedAnywhere(outcome) && outcome.unknowns.length === 0) return undefined;
    return {
      kind: "web-identity",
      name: url === "token.actions.githubusercontent.com" ? `GitHub ${subject}` : `${url} ${subject}`,
      answer: isAllowedAnywhere(outcome) ? "yes" : "unknown",
      conditions: conditionsOf(outcome, circumstances.places),
      unknowns: outcome.unknowns.map(shown),
    };
  });
}

const ANY_SUBJECT = "any subject";

function conditionPairs(role: Role, key: RegExp): readonly (readonly [key: string, value: string])[] {
  return allowing(role.trust.document).flatMap(({ Condition = {} }) =>
    Object.values(Condition).flatMap((block) =>
      Object.entries(block)
        .filter(([name]) => key.test(name))
        .flatMap(([name, values]) => listOf(values).map((value) => [name, value] as const)),
    ),
  );
}

function conditionTexts(role: Role, key: RegExp): readonly string[] {
  return conditionPairs(role, key).map(([name, value]) =>
    name.toLowerCase() === "aws:sourceaccount" && value === role.accountId
      ? "only on behalf of this account"
      : `only for ${shortResource(shown(value), role.accountId)}`,
  );
}
