import { isKnownAction } from "../../../src/iam/actions";
import type { AccessGraph, AttachedPolicy, Role } from "../../../src/iam/graph";
import { policyDocument } from "../../../src/iam/policy-document";
import { type Escalation, escalationsOf } from "../../../src/proofs/escalation/escalations-of";
import {
  ACCOUNT,
  accessGraph,
  allow,
  attached,
  githubProvider,
  group,
  policyOf,
  role,
  trust,
  user,
} from "../../builders/access-graph";
import { TECHNIQUES, type Technique } from "../../fixtures/escalation/techniques";

const SAML = {
  arn: `arn:aws:iam::${ACCOUNT}:saml-provider/corp`,
  name: "corp",
  accountId: ACCOUNT,
  address: "aws_iam_saml_provider.corp",
};
const everything = policyOf(allow("*"));
const trusting = (Principal: Record<string, string | string[]>) =>
  trust({
    Effect: "Allow",
    Principal,
    Action: ["sts:AssumeRole", "sts:AssumeRoleWithWebIdentity", "sts:AssumeRoleWithSAML"],
  });
const managed = (name: string, actions: readonly string[]) =>
  attached(policyDocument(allow(actions.length === 0 ? ["s3:ListAllMyBuckets"] : actions)), {
    name,
    arn: `arn:aws:iam::${ACCOUNT}:policy/${name}`,
  });
const climbing = (policies: readonly AttachedPolicy[], parts: Partial<Role> = {}) =>
  role({ name: "climber", policies, trust: trusting({ Service: "workspaces.amazonaws.com" }), ...parts });

/** An account that holds exactly these permissions, and the target of the technique or not. */
function account({ setting }: Technique, needs: readonly string[], hasTarget = true): AccessGraph {
  const [kind = "", service = ""] = setting.split(" ");
  const own = needs.length === 0 ? [] : [policyOf(allow(needs))];
  const target = <T>(one: T): readonly T[] => (hasTarget ? [one] : []);
  const climber = climbing(own);
  const delegating = trusting({ AWS: `arn:aws:iam::${ACCOUNT}:root` });
  const nobody = trusting({ Service: "workspaces.amazonaws.com" });
  const admin = (assumeRole: Role["trust"]) =>
    role({ name: "admin", policies: [everything], trust: assumeRole });
  switch (kind) {
    case "role":
    case "direct":
      return accessGraph({ roles: [climber] });
    case "carried":
      return accessGraph({ roles: [climbing([managed("own", needs)])] });
    case "user":
      return accessGraph({ users: [user({ name: "climber", policies: own })] });
    case "member": {
      const members = group({ name: "members" });
      return accessGraph({
        groups: target(members),
        users: [user({ name: "climber", policies: own, groups: target(members) })],
      });
    }
    case "admins":
      return accessGraph({
        groups: target(group({ name: "admins", policies: [everything] })),
        users: [user({ name: "climber", policies: own })],
      });
    case "admins-role":
      return accessGraph({
        groups: target(group({ name: "admins", policies: [everything] })),
        roles: [climber],
      });
    case "bounded-user":
    case "bounded-role": {
      const limits = { policies: [everything], permissionsBoundary: managed("limits", needs) };
      return kind === "bounded-role"
        ? accessGraph({ roles: [climbing([everything], limits)] })
        : accessGraph({ users: [user({ name: "climber", ...limits })] });
    }
    case "boss":
      return accessGraph({ roles: [climber], users: target(user({ name: "boss", policies: [everything] })) });
    case "other":
      return accessGraph({ roles: [climber], users: target(user({ name: "other" })) });
    case "trust":
      return accessGraph({ roles: [climber, ...target(admin(nobody))] });
    case "assumed":
      return accessGraph({ roles: [climber, ...target(admin(delegating))] });
    case "next":
    case "next-carried":
    case "stranger":
    case "stranger-carried": {
      const policies = kind.endsWith("-carried") ? [managed("next", [])] : [];
      const assumeRole = kind.startsWith("next") ? delegating : nobody;
      return accessGraph({
        roles: [climber, ...target(role({ name: "next", policies, trust: assumeRole }))],
      });
    }
    case "oidc":
    case "saml": {
      const github = githubProvider();
      const federated = trusting({ Federated: kind === "oidc" ? github.arn : SAML.arn });
      return accessGraph({
        roles: [climber, ...target(admin(federated))],
        oidcProviders: [github],
        samlProviders: [SAML],
      });
    }
    case "passed":
    case "running":
      return accessGraph({
        roles: [climber, ...target(admin(trusting({ Service: `${service}.amazonaws.com` })))],
      });
    default:
      throw new Error(`no setting ${setting}`);
  }
}

const waysOf = (graph: AccessGraph): readonly Escalation[] =>
  escalationsOf(graph).escalations.filter(({ name }) => name === "climber");
const actionsOf = (ways: readonly Escalation[]) =>
  ways.flatMap(({ steps }) => steps.flatMap(({ answers }) => answers.map(({ request }) => request.action)));
const serviceOf = ({ setting }: Technique) => setting.replace(/^(?:passed|running) /, "");
const named = TECHNIQUES.map((one): [string, Technique] => [`${one.source}: ${one.needs.join(" + ")}`, one]);

/** Settings in which the technique needs nobody but whoever holds the permissions. */
const WITHOUT_TARGET = /^(?:role|direct|carried|user|bounded-user|bounded-role)$/;
/** Role-changing techniques in which the role's own policy suffices: AssumeRole is possible without a permission. */
const BY_ITSELF = new Set(["iam:AttachRolePolicy", "iam:PutRolePolicy"]);

test("there are more than the 122 that are published, of actions that AWS has", () => {
  expect(TECHNIQUES.length).toBeGreaterThan(122);
  expect(TECHNIQUES.flatMap(({ needs }) => needs).filter((action) => !isKnownAction(action))).toEqual([]);
});

test.each(named)("%s: found with its steps, each a decision", (_what, one) => {
  const ways = waysOf(account(one, one.needs));
  expect(ways).not.toEqual([]);
  for (const { steps } of ways) {
    expect(steps.length).toBeGreaterThan(0);
    for (const { answers } of steps) {
      expect(answers.length).toBeGreaterThan(0);
      for (const { decision } of answers) expect(decision.effect).toBe("Allowed");
    }
  }
});

test.each(named)("%s: quiet without one of its permissions", (_what, one) => {
  for (const missing of one.needs) {
    const rest = one.needs.filter((action) => action !== missing);
    const ways = waysOf(account(one, rest));
    expect(actionsOf(ways)).not.toContain(missing);
    // a role that is passed to a service, and any work of it that is left; a part that is a way by itself
    const isWork = one.setting.startsWith("passed ") && missing !== "iam:PassRole" && rest.length > 1;
    const isAlone =
      rest.some((action) => BY_ITSELF.has(action)) ||
      TECHNIQUES.some(
        (other) =>
          other !== one && serviceOf(other) === serviceOf(one) && other.needs.every((a) => rest.includes(a)),
      );
    if (!isWork && !isAlone) expect(ways.map(({ method }) => method)).toEqual([]);
  }
});

test.each(named.filter(([, { setting }]) => !WITHOUT_TARGET.test(setting)))(
  "%s: quiet without its target",
  (_what, one) => {
    const alone = waysOf(account(one, one.needs, false)).filter(
      ({ steps }) => !steps.every(({ from, to }) => from === to || to === undefined),
    );
    expect(alone.map(({ method }) => method)).toEqual([]);
  },
);
