import type { EnvironmentInput } from "../../src/environment/environment";
import { allow } from "../../src/environment/policy-statement";
import { keyRecoveryRole } from "../../src/environment/role-presets";
import { dailyAt } from "../../src/environment/schedule";
import { InvalidEnvironmentsError, validateBaseline } from "../../src/proofs/validate-baseline";
import { device, environment, NOW, role } from "../builders/environment";
import { environments } from "../shipped";

const refused = (...inputs: Parameters<typeof validateBaseline>[0]): InvalidEnvironmentsError => {
  try {
    validateBaseline(inputs, NOW);
  } catch (error) {
    if (error instanceof InvalidEnvironmentsError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
};

describe("the baseline", () => {
  test("takes the environments that ship with it", () => {
    expect(validateBaseline(environments, NOW).map(({ name }) => name)).toEqual([
      "personal",
      "team-dev",
      "team-prod",
    ]);
  });

  test("refuses what is wrong in two files with one message, a line for each violation", () => {
    const error = refused(
      environment({ devices: { "anna laptop": device() } }),
      environment({ name: "stage", accountId: "444455556666", allowedNetworks: [] }),
    );
    expect(error.name).toBe("InvalidEnvironmentsError");
    expect(error.message.split("\n")).toEqual([
      "2 violations in environments/, nothing was synthesized:",
      '  environments/prod.ts: devices.anna laptop: an IAM user name is 1-64 of A-Za-z0-9+=,.@_-, got "anna laptop"; rename the device [iam-name-invalid]',
      "  environments/stage.ts: allowedNetworks: at least one network, got an empty list; list the public networks that you reach AWS from, such as 203.0.113.0/24 [networks-missing]",
    ]);
  });

  test.each([
    ["an empty list", []],
    ["no list", undefined],
    ["no list", { prod: environment() }],
  ])("refuses %s of environments", (got, inputs) => {
    expect(() => validateBaseline(inputs as never, NOW)).toThrow(
      new RegExp(`environments/index\\.ts: .* at least one environment, got ${got}; list`),
    );
  });

  test("counts one violation as one", () => {
    expect(refused(environment({ allowedNetworks: [] })).message).toMatch(/^1 violation in/);
  });

  test("refuses documents that are too big, of all environments at once", () => {
    const roles = {
      daily: role({ statements: [allow("s3:GetObject", `arn:aws:s3:::${"x".repeat(10240)}`)] }),
    };
    const error = refused(
      environment({ roles }),
      environment({ name: "stage", accountId: "444455556666", roles }),
    );
    expect(error.violations.map(({ location }) => location)).toEqual([
      "environments/prod.ts: roles.daily.statements",
      "environments/stage.ts: roles.daily.statements",
    ]);
  });
});

describe("both rounds are told in one go", () => {
  const keyRules = {
    schedule: dailyAt("00:00", "UTC"),
    rules: { old: { appliesTo: { path: "device" }, maxAgeDays: 90, reason: "CIS AWS 2.12" } },
  } as const;
  const long = role({ statements: [allow("s3:GetObject", `arn:aws:s3:::${"x".repeat(10240)}`)] });
  const locations = (...inputs: readonly EnvironmentInput[]) =>
    refused(...inputs).violations.map(({ code, location }) => `${location} ${code}`);

  test("a wrong name, a document that is too long and no way back", () => {
    expect(locations(environment({ region: "eu-centrl-1", roles: { daily: long }, keyRules }))).toEqual([
      "environments/prod.ts: region aws-name-unknown",
      "environments/prod.ts: roles.daily.statements policy-too-long",
      "environments/prod.ts: recovery recovery-missing",
    ]);
  });

  test("of two files, one in each round", () => {
    const stage = environment({ name: "stage", accountId: "444455556666", roles: { daily: long } });
    expect(locations(environment({ allowedNetworks: [] }), stage)).toContain(
      "environments/stage.ts: roles.daily.statements policy-too-long",
    );
  });

  test("of a file whose shape is wrong the first alone, of the others both", () => {
    const stage = environment({ name: "stage", accountId: "444455556666", keyRules });
    expect(locations({ ...environment(), regoin: "x" } as never, stage)).toEqual([
      "environments/prod.ts: regoin unknown-key",
      "environments/stage.ts: recovery recovery-missing",
    ]);
  });

  test("but not what follows of a misspelt role: which device brings back which", () => {
    const roles = { daily: role(), recovery: keyRecoveryRole() };
    const home = device({ roles: ["daily", "recovry"] });
    const devices = { laptop: device({ roles: ["daily", "recovery"] }), home };
    const input = environment({ roles, devices, keyRules: { ...keyRules, lastKeyStays: true } });
    expect(locations({ ...input, recovery: "second-device" })).toEqual([
      "environments/prod.ts: devices.home.roles[1] unknown-name",
    ]);
  });
});
