import type { EnvironmentInput } from "../../src/environment/environment";
import { evaluate } from "../../src/iam/evaluate";
import type { AccessGraph } from "../../src/iam/graph";
import { graphOfStacks } from "../../src/proofs/prove-stacks";
import { device, environment, locationsOf, many, role, violationsOf } from "../builders/environment";
import { resourcesOf, stackOf, synthesize } from "../support/synthesize";
import { proven, type StackJson, told } from "./proven";

jest.setTimeout(120_000);

const COUNT = 200;
const byGroup = { trust: { devices: "by-group" } } as const;

/** 200 developers of one account who share a role there and one in another account; one device has none of them. */
const dev: EnvironmentInput = environment({
  name: "dev",
  roleSuffix: "abcd1234",
  devices: {
    ...many(COUNT, "device-", device({ roles: ["daily", "prod/daily"] })),
    stranger: device({ owner: "zoe", roles: ["other"] }),
  },
  roles: { daily: role(byGroup), other: role() },
});
const prod: EnvironmentInput = environment({
  name: "prod",
  accountId: "444455556666",
  devices: {},
  roleSuffix: "k7q2m9xd",
  roles: { daily: role(byGroup) },
});

describe("200 devices of one role", () => {
  test("do not fit when each is listed, and the refusal says what does", () => {
    const listed = { ...dev, devices: many(COUNT, "device-", device()), roles: { daily: role() } };
    const [violation] = violationsOf(listed).length > 0 ? violationsOf(listed) : [];
    expect(violation).toBeUndefined();
    expect(() => synthesize(listed)).toThrow(
      /roles\.daily\.trust: IAM takes at most 2048 .*devices: "by-group"/,
    );
  });

  test("still do not fit into the most that AWS raises the quota to", () => {
    const listed = {
      ...dev,
      devices: many(COUNT, "device-", device()),
      roles: { daily: role() },
      quotas: { trustPolicyCharacters: 8192 },
    };
    expect(() => synthesize(listed)).toThrow(/at most 8192/);
  });

  test("hold every proof by group, in both accounts", () => {
    expect(told(proven([dev, prod]).broken)).toEqual([]);
  });

  test("make a trust policy that does not grow with them", () => {
    const trust = (count: number) => {
      const stack = stackOf(
        synthesize({ ...dev, devices: many(count, "device-", device()), roles: { daily: role(byGroup) } }),
        "dev-identity",
      );
      return String(resourcesOf(stack, "aws_iam_role")[0]?.attributes["assume_role_policy"]);
    };
    expect(trust(COUNT)).toBe(trust(1));
    expect(trust(COUNT).length).toBeLessThan(1000);
  });
});

describe("who may assume a role by group", () => {
  let graph: AccessGraph;
  beforeAll(() => {
    graph = graphOfStacks(
      [...synthesize(dev, prod)].map(([name, { json }]) => ({ name, configuration: json })),
    );
  });
  const user = (name: string, account = "111122223333") =>
    `arn:aws:iam::${account}:user/baseline/device/${name}`;
  const here = () =>
    graph.roles.find(({ name, accountId }) => name.startsWith("daily-") && accountId === "111122223333")
      ?.arn ?? "";
  const there = "arn:aws:iam::444455556666:role/baseline/daily-k7q2m9xd";
  const home = { sourceIp: "203.0.113.7" };
  const mfa = { kind: "session-token", mfaAgeSeconds: 10 } as const;

  test.each<[string, Partial<Parameters<typeof evaluate>[0]>, string]>([
    ["a member", {}, "Allowed"],
    ["the last member", { principal: user(`device-${COUNT}`) }, "Allowed"],
    ["a member in the other account", { resource: there }, "Allowed"],
    ["a device that does not list it", { principal: user("stranger") }, "ImplicitlyDenied"],
    [
      "a device that does not list it, in the other account",
      { principal: user("stranger"), resource: there },
      "ImplicitlyDenied",
    ],
    ["a member without MFA", { credentials: { kind: "session-token" } }, "ExplicitlyDenied"],
    ["a member with the key alone", { credentials: { kind: "long-term-key" } }, "ExplicitlyDenied"],
    [
      "a member with old MFA",
      { credentials: { kind: "session-token", mfaAgeSeconds: 3601 } },
      "ImplicitlyDenied",
    ],
    ["a member from elsewhere", { network: { sourceIp: "192.0.2.7" } }, "ExplicitlyDenied"],
    [
      "a repository's user",
      { principal: "arn:aws:iam::111122223333:user/baseline/ci/octo.website" },
      "ImplicitlyDenied",
    ],
  ])("%s: %#", (_who, difference, effect) => {
    const request = {
      principal: user("device-1"),
      credentials: mfa,
      network: home,
      action: "sts:AssumeRole",
      resource: here(),
      ...difference,
    };
    expect(evaluate(request, graph).effect).toBe(effect);
  });

  test("the group's policy names exactly the role", () => {
    const [group] = graph.groups.filter(({ name }) => name === "baseline-assume-daily");
    const document = group?.policies[0]?.document;
    expect(JSON.stringify(document)).toContain("arn:aws:iam::111122223333:role/baseline/daily-abcd1234");
  });
});

describe("a weakening of a role by group breaks a proof", () => {
  const small: EnvironmentInput = {
    ...dev,
    devices: { a: device({ roles: ["daily"] }), b: device({ owner: "ben", roles: ["other"] }) },
    roles: { daily: role(byGroup), other: role() },
  };
  type Conditions = Record<string, Record<string, unknown>>;
  const trust =
    (edit: (condition: Conditions, statement: { Principal: object }) => void) => (stack: StackJson) => {
      const body = Object.values(stack.resource["aws_iam_role"] ?? {}).find((one) =>
        String(one["name"]).startsWith("daily-"),
      );
      const document = JSON.parse(String(body?.["assume_role_policy"])) as {
        Statement: { Condition: Conditions; Principal: object }[];
      };
      const [statement] = document.Statement;
      if (body === undefined || statement === undefined) throw new Error("no role");
      edit(statement.Condition, statement);
      body["assume_role_policy"] = JSON.stringify(document);
    };
  const group = (stack: StackJson) =>
    Object.values(stack.resource["aws_iam_group_policy"] ?? {}).find((one) =>
      String(one["policy"]).includes("daily-"),
    ) ?? {};

  test.each<[string, (stack: StackJson) => void]>([
    [
      "MFA dropped",
      trust((c) => {
        delete c["Bool"];
        delete c["NumericLessThanEquals"];
      }),
    ],
    ["the age of MFA dropped", trust((c) => delete c["NumericLessThanEquals"])],
    ["the networks dropped", trust((c) => delete c["IpAddress"])],
    [
      "another account's root",
      trust((_c, s) => {
        s.Principal = { AWS: "arn:aws:iam::999999999999:root" };
      }),
    ],
    [
      "everybody",
      trust((_c, s) => {
        s.Principal = { AWS: "*" };
      }),
    ],
    [
      "the group lets its members ask for any role",
      (stack) => {
        const policy = group(stack);
        policy["policy"] = String(policy["policy"]).replace(/"arn:[^"]*daily-[^"]*"/, '"*"');
      },
    ],
    [
      "a device in the group that does not list the role",
      (stack) => {
        const memberships = Object.values(stack.resource["aws_iam_user_group_membership"] ?? {});
        const [own, other] = [
          memberships.find((one) => JSON.stringify(one["groups"]).includes("assume")),
          memberships.find(
            (one) =>
              !JSON.stringify(one["groups"]).includes("assume") &&
              JSON.stringify(one["user"]).includes("device-b"),
          ),
        ];
        if (own === undefined || other === undefined) throw new Error("no memberships");
        other["groups"] = own["groups"];
      },
    ],
  ])("%s", (_what, change) => {
    expect(proven(small, change).broken.length).toBeGreaterThan(0);
  });

  test("and nothing is broken without one", () => {
    expect(told(proven(small).broken)).toEqual([]);
  });
});

describe("quotas that AWS raised", () => {
  test.each<[string, object, string | undefined]>([
    ["a longer trust policy", { trustPolicyCharacters: 4096 }, undefined],
    ["the default itself", { trustPolicyCharacters: 2048 }, undefined],
    ["less than every account has", { trustPolicyCharacters: 2047 }, "quotas.trustPolicyCharacters"],
    ["the most that AWS gives", { trustPolicyCharacters: 8192 }, undefined],
    ["more than that", { trustPolicyCharacters: 8193 }, "quotas.trustPolicyCharacters"],
    ["a quota that AWS never raises", { usersPerAccount: 6000 }, "quotas.usersPerAccount"],
    [
      "more managed policies on a group than AWS takes",
      { managedPoliciesPerGroup: 11 },
      "quotas.managedPoliciesPerGroup",
    ],
  ])("take or refuse %s", (_what, quotas, location) => {
    const found = locationsOf(environment({ quotas: quotas as never }));
    expect(found).toEqual(location === undefined ? [] : [`environments/prod.ts: ${location}`]);
  });

  test("let a role hold as many devices as fit into them", () => {
    const fifty = environment({ devices: many(50, "d", device()) });
    expect(() => synthesize(fifty)).toThrow(/at most 2048/);
    expect(() => synthesize({ ...fifty, quotas: { trustPolicyCharacters: 4096 } })).not.toThrow();
  });

  test("let a role carry more managed policies", () => {
    const managedPolicies = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"].map(
      (name) => `arn:aws:iam::111122223333:policy/${name}`,
    );
    const eleven = environment({ roles: { daily: role({ managedPolicies }) } });
    expect(locationsOf(eleven)).toEqual(["environments/prod.ts: roles.daily.managedPolicies"]);
    expect(locationsOf({ ...eleven, quotas: { managedPoliciesPerRole: 11 } })).toEqual([]);
  });
});

test("a role by group needs a fixed suffix, so that its group is allowed exactly it", () => {
  const { roleSuffix: _, ...random } = { ...dev, devices: { a: device() } };
  expect(locationsOf(random)).toContain("environments/dev.ts: devices.a.roles[0]");
});
