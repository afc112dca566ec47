import type { EnvironmentInput } from "../../../src/environment/environment";
import { adminRole, keyRecoveryRole } from "../../../src/environment/role-presets";
import { dailyAt } from "../../../src/environment/schedule";
import { graphOfStacks } from "../../../src/proofs/prove-stacks";
import { proveRecovery, recoveryFaults } from "../../../src/proofs/recovery/key-recovery";
import { validateBaseline } from "../../../src/proofs/validate-baseline";
import { expectationsOf } from "../../../src/proofs/world/expectation-of";
import { World } from "../../../src/proofs/world/world";
import { device, environment, NOW, role } from "../../builders/environment";
import { environments } from "../../shipped";
import { synthesize } from "../../support/synthesize";

type Json = { resource: Record<string, Record<string, Record<string, unknown>>> };

/** The stacks of environments, with a change to every policy text of one resource type. */
function asked(
  inputs: readonly EnvironmentInput[],
  change: { type: string; attribute: string; from: RegExp; to: string } | undefined = undefined,
) {
  let changed = 0;
  const stacks = [...synthesize(...inputs)].map(([name, { text }]) => {
    const configuration = JSON.parse(text) as Json;
    for (const resource of Object.values(configuration.resource[change?.type ?? ""] ?? {})) {
      if (change === undefined) continue;
      const before = String(resource[change.attribute]);
      const after = before.replace(change.from, () => change.to);
      if (after !== before) changed += 1;
      resource[change.attribute] = after;
    }
    return { name, configuration };
  });
  if (change !== undefined && changed === 0) throw new Error(`${change.from} matches nothing: no mutant`);
  const valid = validateBaseline(inputs, NOW);
  const graph = graphOfStacks(stacks);
  return { faults: recoveryFaults(graph, valid) };
}

const nightly = (target: object): EnvironmentInput["keyRules"] => ({
  schedule: dailyAt("00:00", "UTC"),
  rules: {
    nightly: { appliesTo: target as { path: "device" }, nightly: true, reason: "keys are for the day" },
  },
  reactivation: { maxHours: 24 },
});
const roles = { daily: role(), admin: adminRole() };

const byJob = environment({
  keyRules: nightly({ path: "device" }),
  recovery: "oidc",
  account: { githubOidcProvider: {} },
  roles: {
    daily: role(),
    reactivate: {
      reactivatesKeys: true,
      github: { repository: "octo/infra", ownerId: "1", repositoryId: "2", environment: "reactivate" },
    },
  },
});
const byBreakGlass = environment({
  keyRules: nightly({ path: "device" }),
  recovery: "break-glass-user",
  breakGlass: { emergency: { owner: "anna", roles: ["admin"] } },
  devices: { laptop: device({ roles: ["daily", "admin"] }) },
  roles,
});
const bySecondDevice = environment({
  keyRules: {
    ...nightly({ path: "device" }),
    schedule: dailyAt("00:00", "UTC"),
    rules: {
      nightly: { appliesTo: { user: "laptop" }, nightly: true, reason: "it travels" },
      old: { appliesTo: { path: "ci" }, maxAgeDays: 90, reason: "keys are rotated" },
    },
  },
  recovery: "second-device",
  devices: { laptop: device(), home: device({ roles: ["daily", "admin"] }) },
  roles,
});
/** Age and disuse reach both devices; each reactivates the other's key, and the last one stays. */
const byLastKey = environment({
  keyRules: {
    schedule: dailyAt("00:00", "UTC"),
    rules: { old: { appliesTo: { path: "device" }, maxAgeDays: 90, unusedDays: 45, reason: "CIS" } },
    lastKeyStays: true,
  },
  recovery: "second-device",
  devices: { laptop: device({ roles: ["daily", "back"] }), home: device({ roles: ["daily", "back"] }) },
  roles: { daily: role(), back: keyRecoveryRole() },
});

describe("a declared recovery that works", () => {
  test.each([
    ["a GitHub job", byJob],
    ["a break-glass user", byBreakGlass],
    ["a second device", bySecondDevice],
    ["the last of an owner's keys", byLastKey],
  ])("by %s has no fault", (_way, input) => {
    expect(asked([input]).faults).toEqual([]);
  });

  test("is what every shipped environment has", () => {
    expect(asked(environments).faults).toEqual([]);
  });
});

describe("refuses a recovery by a GitHub job", () => {
  const inline = { type: "aws_iam_role_policy", attribute: "policy" } as const;
  const trust = { type: "aws_iam_role", attribute: "assume_role_policy" } as const;
  test.each([
    [
      "may not set a key to Active",
      { ...inline, from: /"iam:UpdateAccessKey"/, to: '"iam:GetUser"' },
      "ImplicitlyDenied",
    ],
    [
      "may not see the keys",
      { ...inline, from: /"iam:ListAccessKeys",(?="iam:ListAttachedUserPolicies")/, to: "" },
      "ImplicitlyDenied",
    ],
    [
      "may not say for how long",
      { ...inline, from: /baseline:keep-active-\*/, to: "other-*" },
      "ImplicitlyDenied",
    ],
    [
      "reaches users of another path",
      { ...inline, from: /user\/baseline\/device\/\*/g, to: "user/baseline/ci/*" },
      "ImplicitlyDenied",
    ],
    [
      "may do it from one network only",
      {
        ...inline,
        from: /"Resource":"([^"]*device\/\*)"/,
        to: '"Condition":{"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}},"Resource":"arn:aws:iam::111122223333:user/baseline/device/*"',
      },
      "ImplicitlyDenied",
    ],
  ])("whose role %s", (_what, change, effect) => {
    const [fault, ...others] = asked([byJob], change).faults;
    expect(others).toEqual([]);
    expect(fault).toMatchObject({
      proof: "recovery-works",
      subject: "user/laptop",
      counterexample: {
        effect,
        request: { resource: "arn:aws:iam::111122223333:user/baseline/device/laptop" },
      },
    });
  });

  test.each([
    [
      "whose subject is another job's",
      { ...trust, from: /environment:reactivate/g, to: "environment:other" },
    ],
    ["whose audience is another service's", { ...trust, from: /sts\.amazonaws\.com/g, to: "example.com" }],
  ])("%s", (_what, change) => {
    const [fault] = asked([byJob], change).faults;
    expect(fault?.message).toContain("no role that a job of GitHub Actions can assume");
  });
});

describe("refuses a recovery by a break-glass user", () => {
  test("whom no role trusts that may set keys to Active", () => {
    const change = {
      type: "aws_iam_role",
      attribute: "assume_role_policy",
      from: /,?"arn:aws:iam::111122223333:user\/baseline\/break-glass\/emergency",?/,
      to: "",
    };
    const { faults } = asked([byBreakGlass], change);
    expect(faults.map(({ subject }) => subject)).toEqual(["user/laptop"]);
    expect(faults[0]?.message).toContain("no role that a break-glass user can assume");
  });

  test("whose only role cannot change keys", () => {
    const input = { ...byBreakGlass, breakGlass: { emergency: { owner: "anna", roles: ["daily"] } } };
    const { faults } = asked([input]);
    expect(faults).toMatchObject([
      { subject: "user/laptop", counterexample: { request: { action: "iam:ListAccessKeys" } } },
    ]);
    expect(faults[0]?.remedy).toContain("breakGlass");
  });

  test("whose role has lost its administrator rights", () => {
    const change = {
      type: "aws_iam_role_policy_attachment",
      attribute: "policy_arn",
      from: /policy\/AdministratorAccess/,
      to: "policy/PowerUserAccess",
    };
    expect(asked([byBreakGlass], change).faults).toHaveLength(1);
  });
});

describe("refuses a recovery by a second device", () => {
  test("that no role trusts any more", () => {
    const change = {
      type: "aws_iam_role",
      attribute: "assume_role_policy",
      from: /device\/home"/,
      to: 'device/gone"',
    };
    const { faults } = asked([bySecondDevice], change);
    expect(faults.map(({ subject, proof }) => `${proof} ${subject}`)).toEqual(["recovery-works owner/anna"]);
  });

  test("that is the only device there is, whatever its rules", () => {
    const [expectation] = expectationsOf(validateBaseline([bySecondDevice], NOW));
    if (expectation?.recovery === undefined) throw new Error("no recovery");
    const { recovery } = expectation;
    const [laptop = "", home = ""] = ["laptop", "home"].map(
      (name) => `arn:aws:iam::111122223333:user/baseline/device/${name}`,
    );
    const stacks = [...synthesize(bySecondDevice)].map(([name, { json }]) => ({ name, configuration: json }));
    const graph = graphOfStacks(stacks);
    const faultsOf = (...devices: readonly string[]) =>
      proveRecovery(
        new World(graph, [
          { ...expectation, recovery: { ...recovery, owners: [{ owner: "anna", devices }] } },
        ]),
      );
    expect(faultsOf(laptop)).toHaveLength(1);
    expect(faultsOf(home, laptop)).toEqual([]);
  });

  test.each([
    [
      "whose role sets no key to Active any more",
      {
        type: "aws_iam_role_policy",
        attribute: "policy",
        from: /"iam:UpdateAccessKey"/,
        to: '"iam:GetUser"',
      },
    ],
    [
      "whose role reaches itself only",
      {
        type: "aws_iam_role_policy",
        attribute: "policy",
        from: /"arn:aws:iam::111122223333:user\/baseline\/device\/home",/,
        to: "",
      },
    ],
    [
      "that its role trusts no more",
      { type: "aws_iam_role", attribute: "assume_role_policy", from: /"[^"]*device\/home",/, to: "" },
    ],
  ])("%s, on the day and with what denies it", (_what, change) => {
    const { faults } = asked([byLastKey], change);
    expect(faults).toMatchObject([
      {
        subject: "owner/anna",
        message: expect.stringMatching(/none from day 90 on .* none after 45 days of absence/),
      },
    ]);
    expect(faults[0]?.counterexample).toBeDefined();
  });

  test("whose MFA no trust accepts", () => {
    const change = {
      type: "aws_iam_role",
      attribute: "assume_role_policy",
      from: /"aws:MultiFactorAuthPresent":"true"/,
      to: '"aws:MultiFactorAuthPresent":"never"',
    };
    expect(asked([bySecondDevice], change).faults).toHaveLength(1);
  });
});

test("an environment that can lock nobody out is asked nothing", () => {
  expect(asked([environment()]).faults).toEqual([]);
});
