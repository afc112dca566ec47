import { isKnownAction } from "../../../src/iam/actions";
import type { AccessGraph, Role } from "../../../src/iam/graph";
import { policyDocument, type Statement } from "../../../src/iam/policy-document";
import type { EscalationMethod } from "../../../src/proofs/escalation/method";
import { ESCALATION_METHODS } from "../../../src/proofs/escalation/methods";
import { prove } from "../../../src/proofs/prove";
import { DECISIVE } from "../../../src/proofs/world/decisive";
import type { Expectation } from "../../../src/proofs/world/expectation";
import {
  ACCOUNT,
  accessGraph,
  allow,
  attached,
  deny,
  githubProvider,
  group,
  policyOf,
  role,
  trust,
  user,
} from "../../builders/access-graph";
import { NOW } from "../../builders/environment";

const expectation: Expectation = {
  environment: "prod",
  accountId: ACCOUNT,
  partition: "aws",
  root: "/baseline/",
  networks: ["203.0.113.0/24"],
  vpcs: [],
  users: [],
  groups: [],
  roles: [],
  accepted: [],
};

const services = [
  ...new Set(ESCALATION_METHODS.flatMap(({ gain }) => ("services" in gain ? gain.services : []))),
];
const saml = {
  arn: `arn:aws:iam::${ACCOUNT}:saml-provider/corp`,
  name: "corp",
  accountId: ACCOUNT,
  address: "aws_iam_saml_provider.corp",
};
const provider = githubProvider();

/** An administrator whom everything could lead to: services, providers, a user and the climbing role by name. */
const administrator: Role = role({
  name: "admin",
  policies: [policyOf(allow("*"))],
  trust: trust({
    Effect: "Allow",
    Principal: {
      Service: services,
      Federated: [provider.arn, saml.arn],
      AWS: [`arn:aws:iam::${ACCOUNT}:user/baseline/device/boss`],
    },
    Action: ["sts:AssumeRole", "sts:AssumeRoleWithWebIdentity", "sts:AssumeRoleWithSAML"],
  }),
});

/** The world of a climber with these statements, as a role or as a user, and whatever a method needs to exist. */
function world(method: EscalationMethod, ...statements: readonly Statement[]): AccessGraph {
  const removes = /^iam:(?:Delete|Detach|Remove|Put\w+Boundary)/.test(method.id);
  const isBoundary = /Boundary$/.test(method.id);
  const own = attached(
    policyDocument(...statements, ...(removes ? [allow(DECISIVE.map(([action]) => action))] : [])),
    {
      name: "own",
      arn: `arn:aws:iam::${ACCOUNT}:policy/baseline/own`,
    },
  );
  const inline = /^iam:Delete\w+Policy$/.test(method.id);
  const denying = attached(policyDocument({ Effect: "Deny", NotAction: method.needs, Resource: "*" }), {
    name: "limits",
    ...(inline ? { kind: "inline" } : { arn: `arn:aws:iam::${ACCOUNT}:policy/baseline/limits` }),
  });
  const limits = removes && !isBoundary ? [denying] : [];
  const onGroup = /Group/.test(method.id);
  const boundary = /Boundary$/.test(method.id) ? { permissionsBoundary: policyOf(allow(method.needs)) } : {};
  const asUser = /User|Group/.test(method.needs[0] ?? "") && method.gain.kind !== "new-user";
  const trusted = trust({
    Effect: "Allow",
    Principal: { Service: "ec2.amazonaws.com" },
    Action: "sts:AssumeRole",
  });
  const groups = [
    group({ name: "own", policies: [own] }),
    group({ name: "admins", policies: [policyOf(allow("iam:*"))] }),
    ...(onGroup && limits.length > 0 ? [group({ name: "limited", policies: limits })] : []),
  ];
  const asMember = { groups: groups.filter(({ name }) => name !== "admins"), ...boundary };
  const climber = asUser
    ? { users: [user({ name: "climber", policies: onGroup ? [] : limits, ...asMember })], roles: [] }
    : {
        users: [],
        roles: [role({ name: "climber", policies: [own, ...limits], trust: trusted, ...boundary })],
      };
  const climberArn = climber.roles[0]?.arn ?? "";
  const next = role({
    name: "next",
    trust: trust({ Effect: "Allow", Principal: { AWS: [climberArn] }, Action: "sts:AssumeRole" }),
    policies: [
      attached(policyDocument(allow("s3:GetObject")), {
        name: "next",
        arn: `arn:aws:iam::${ACCOUNT}:policy/baseline/next`,
      }),
    ],
  });
  const admin = method.id === "sts:AssumeRole" ? withTrusted(administrator, climberArn) : administrator;
  return accessGraph({
    users: [...climber.users, user({ name: "boss" })],
    groups,
    roles: [...climber.roles, next, admin],
    oidcProviders: [provider],
    samlProviders: [saml],
  });
}

function withTrusted(admin: Role, arn: string): Role {
  return { ...admin, trust: trust({ Effect: "Allow", Principal: { AWS: arn }, Action: "sts:AssumeRole" }) };
}

function methodsOf(graph: AccessGraph): readonly string[] {
  return prove(graph, [expectation], NOW)
    .broken.filter(
      ({ proof, subject }) => proof === "no-privilege-escalation" && subject.endsWith("/climber"),
    )
    .flatMap(({ method }) => method ?? []);
}

test("there are at least thirty methods, each with a name of its own, known actions and a public page", () => {
  expect(ESCALATION_METHODS.length).toBeGreaterThanOrEqual(30);
  expect(new Set(ESCALATION_METHODS.map(({ id }) => id)).size).toBe(ESCALATION_METHODS.length);
  expect(ESCALATION_METHODS.flatMap(({ needs }) => needs).filter((action) => !isKnownAction(action))).toEqual(
    [],
  );
  expect(ESCALATION_METHODS.filter(({ source }) => !source.startsWith("https://"))).toEqual([]);
});

/** Kinds of gain that another holder of administrator rights is needed for. */
const DEPENDENT: ReadonlySet<string> = new Set([
  "group",
  "user",
  "role-trust",
  "provider",
  "passed-role",
  "running-role",
]);
/** Kinds whose first action acts on a principal, policy or provider. */
const ON_TARGETS: ReadonlySet<string> = new Set([
  "own-policy",
  "own-principal",
  "group",
  "user",
  "assumable-role",
  "new-user",
  "new-role",
  "provider",
  "passed-role",
]);

const named = (methods: readonly EscalationMethod[]): [id: string, method: EscalationMethod][] =>
  methods.map((method) => [method.id, method]);

test.each(named(ESCALATION_METHODS))("%s is found where every action is allowed", (id, method) => {
  expect(methodsOf(world(method, allow(method.needs)))).toContain(id);
});

test.each(named(ESCALATION_METHODS))("%s is not found where one of its actions is denied", (id, method) => {
  const denied = method.needs.filter((action) => action !== "sts:AssumeRole");
  const found = denied.filter((action) =>
    methodsOf(world(method, allow(method.needs), deny(action))).includes(id),
  );
  expect(found).toEqual([]);
});

test.each(named(ESCALATION_METHODS.filter(({ gain }) => DEPENDENT.has(gain.kind))))(
  "%s is not found where nobody holds administrator rights",
  (id, method) => {
    const { roles, groups, ...rest } = world(method, allow(method.needs));
    const lesser = {
      ...rest,
      roles: roles.filter(({ name }) => name !== "admin"),
      groups: groups.slice(0, 1),
    };
    expect(methodsOf(lesser)).not.toContain(id);
  },
);

test.each(named(ESCALATION_METHODS.filter(({ gain }) => ON_TARGETS.has(gain.kind))))(
  "%s is not found where its target is out of reach",
  (id, method) => {
    const elsewhere = allow(method.needs, "arn:aws:iam::111122223333:nothing/here");
    expect(methodsOf(world(method, elsewhere))).not.toContain(id);
  },
);
