import { holderNamed } from "../../src/devices/holder";
import { profileNames } from "../../src/devices/profile-names";
import { type ProfileSettings, profilesOf, sessionSeconds } from "../../src/devices/profiles";
import { assumedRoles, suffixAmong, suffixIn } from "../../src/devices/role-arns";
import { durationSeconds, sessionVariables, variableLines } from "../../src/devices/session-variables";
import type { Environment, EnvironmentInput } from "../../src/environment/environment";
import { validateBaseline } from "../../src/proofs/validate-baseline";
import { device, environment, NOW, role } from "../builders/environment";

const settings: ProfileSettings = { target: "aws-vault", prefix: "", credentialProcess: false };

function environments(...inputs: readonly EnvironmentInput[]): readonly Environment[] {
  return validateBaseline(inputs, NOW);
}

function profiles(all: readonly Environment[], name: string, difference: Partial<ProfileSettings> = {}) {
  const holder = holderNamed(all, name, undefined, "device config");
  const roles = assumedRoles(holder, all, { dev: "aaaaaaaa", prod: "k7q2m9xd" }, "device config");
  const made = profilesOf(holder, roles, { ...settings, ...difference });
  return Object.fromEntries(made.map((profile) => [profile.name, Object.fromEntries(profile.settings)]));
}

const two = environments(
  environment({
    name: "dev",
    devices: { laptop: device({ roles: ["daily", "prod/admin"] }), x: device() },
    roles: { daily: role({ maxSessionDuration: 43200 }) },
  }),
  environment({
    name: "prod",
    accountId: "444455556666",
    region: "us-west-2",
    devices: { desk: device() },
    roleSuffix: "k7q2m9xd",
    roles: { daily: role(), admin: role({ trust: { maxMfaAgeSeconds: 900 } }) },
  }),
);

describe("the profiles of a device", () => {
  test("are the key, without a role on it, and each role that it may assume in any account", () => {
    expect(profiles(two, "laptop")).toEqual({
      dev: { region: "eu-central-1", mfa_serial: "arn:aws:iam::111122223333:mfa/laptop" },
      "dev-daily": {
        region: "eu-central-1",
        source_profile: "dev",
        role_arn: "arn:aws:iam::111122223333:role/baseline/daily-aaaaaaaa",
        role_session_name: "laptop",
        mfa_serial: "arn:aws:iam::111122223333:mfa/laptop",
        duration_seconds: "3600",
      },
      "prod-admin": {
        region: "us-west-2",
        source_profile: "dev",
        role_arn: "arn:aws:iam::444455556666:role/baseline/admin-k7q2m9xd",
        role_session_name: "laptop",
        mfa_serial: "arn:aws:iam::111122223333:mfa/laptop",
        duration_seconds: "3600",
      },
    });
  });

  test("for the plain command line take their credentials from the session with MFA and ask for nothing", () => {
    const made = profiles(two, "laptop", { target: "cli" });
    expect(made["dev-mfa"]).toEqual({ region: "eu-central-1" });
    expect(made["dev-daily"]).toMatchObject({ source_profile: "dev-mfa" });
    expect(made["dev-daily"]).not.toHaveProperty("mfa_serial");
    expect(made["dev"]).toHaveProperty("mfa_serial");
  });

  test("for Granted fetch the key from its own store", () => {
    expect(profiles(two, "laptop", { target: "granted" })["dev"]).toMatchObject({
      credential_process: "granted credential-process --profile=dev",
    });
  });

  test("for programs that cannot ask run aws-vault, and are apart from the role's own", () => {
    const made = profiles(two, "laptop", { credentialProcess: true });
    expect(made["dev-daily-program"]).toEqual({
      region: "eu-central-1",
      credential_process: "aws-vault export --format=json dev-daily",
    });
    expect(made["dev-daily"]).not.toHaveProperty("credential_process");
  });

  test("name a session of two characters at least", () => {
    expect(profiles(two, "x")["dev-daily"]).toMatchObject({ role_session_name: "x-device" });
  });

  test("of a role that asks for it set the source identity", () => {
    const all = environments(
      environment({ name: "dev", roles: { daily: role({ trust: { sourceIdentity: true } }) } }),
    );
    expect(profiles(all, "laptop")["dev-daily"]).toMatchObject({ source_identity: "laptop" });
  });

  test("refuse to guess the end of a role's name", () => {
    const holder = holderNamed(two, "laptop", undefined, "device config");
    expect(() => assumedRoles(holder, two, {}, "device config laptop")).toThrow(
      /^device config laptop: expected the suffix of the roles of dev, .*--outputs FILE/,
    );
  });
});

describe("names of profiles", () => {
  const names = (all: readonly Environment[], prefix = "") => {
    const holder = holderNamed(all, "laptop", undefined, "");
    const roles = assumedRoles(holder, all, { team: "aaaaaaaa" }, "");
    return profileNames(holder, roles, prefix);
  };
  test("carry the prefix everywhere", () => {
    const made = profiles(two, "laptop", { prefix: "w-", credentialProcess: true });
    expect(Object.keys(made)).toEqual([
      "w-dev",
      "w-dev-daily",
      "w-prod-admin",
      "w-dev-daily-program",
      "w-prod-admin-program",
    ]);
    expect(made["w-dev-daily"]).toMatchObject({ source_profile: "w-dev" });
  });

  test("of a role called mfa is not that of the session", () => {
    const all = environments(
      environment({ name: "team", devices: { laptop: device({ roles: ["mfa"] }) }, roles: { mfa: role() } }),
    );
    expect(names(all)).toEqual({
      base: "team",
      session: "team-mfa",
      roles: ["team.mfa"],
      programs: ["team.mfa-program"],
    });
  });

  test("of programs are those of no role", () => {
    const all = environments(
      environment({
        name: "team",
        devices: { laptop: device({ roles: ["daily", "daily-program"] }) },
        roles: { daily: role(), "daily-program": role() },
      }),
    );
    expect(names(all).programs).toEqual(["team-daily.program", "team-daily-program-program"]);
  });
});

describe("which device is meant", () => {
  test("is told by its name, with a near one where there is none", () => {
    expect(() => holderNamed(two, "lapto", undefined, "device config")).toThrow(/did you mean "laptop"\?$/);
  });
  test("has to be said where two environments have one of that name", () => {
    const both = environments(
      environment({ name: "first" }),
      environment({ name: "other", accountId: "444455556666" }),
    );
    expect(() => holderNamed(both, "laptop", undefined, "device config")).toThrow(
      /those of first and other; .*--environment/,
    );
    expect(holderNamed(both, "laptop", "other", "").environment.name).toBe("other");
  });
  test("may be a break-glass user", () => {
    const all = environments(environment({ breakGlass: { emergency: { owner: "anna", roles: ["daily"] } } }));
    expect(holderNamed(all, "emergency", undefined, "").kind).toBe("break-glass");
  });
});

describe("the session of aws-vault", () => {
  test("lasts as long as the strictest role accepts its MFA", () => {
    const holder = holderNamed(two, "laptop", undefined, "");
    expect(sessionSeconds(assumedRoles(holder, two, { dev: "aaaaaaaa" }, ""))).toBe(900);
    expect(sessionSeconds([])).toBe(3600);
  });

  test("is set for chained and for other sessions, in the words of each shell", () => {
    const variables = sessionVariables(900);
    expect(variableLines(variables, "sh")).toEqual([
      "export AWS_SESSION_TOKEN_TTL=900s",
      "export AWS_CHAINED_SESSION_TOKEN_TTL=900s",
    ]);
    expect(variableLines(variables, "fish")[0]).toBe("set -gx AWS_SESSION_TOKEN_TTL 900s");
    expect(variableLines(variables, "powershell")[0]).toBe('$Env:AWS_SESSION_TOKEN_TTL = "900s"');
  });

  test.each([
    ["1h", 3600],
    ["900s", 900],
    ["1h30m", 5400],
    ["1.5h", 5400],
    ["8h0m0s", 28800],
    ["3600", undefined],
    ["", undefined],
    ["an hour", undefined],
  ])("of %j is %s seconds, as Go reads it", (text, seconds) => {
    expect(durationSeconds(text)).toBe(seconds);
  });
});

describe("the suffix of role names", () => {
  const [dev] = two as readonly [Environment];
  test("is what follows the name in an output", () => {
    expect(suffixIn(dev, { daily: "arn:aws:iam::111122223333:role/baseline/daily-abcd1234" })).toBe(
      "abcd1234",
    );
  });
  test.each([
    ["of another account", "arn:aws:iam::999999999999:role/baseline/daily-abcd1234"],
    ["of another path", "arn:aws:iam::111122223333:role/daily-abcd1234"],
    ["of a longer name", "arn:aws:iam::111122223333:role/baseline/daily-of-ann-abcd1234"],
  ])("is not taken from a role %s", (_what, arn) => {
    expect(suffixIn(dev, { daily: arn })).toBeUndefined();
  });
  test("is told by an account only where all roles share it, and one only", () => {
    expect(suffixAmong(dev, ["daily-abcd1234", "other"])).toBe("abcd1234");
    expect(suffixAmong(dev, ["daily-abcd1234", "daily-efgh5678"])).toBeUndefined();
    const [, prod] = two as readonly [Environment, Environment];
    expect(suffixAmong(prod, ["daily-abcd1234", "admin-efgh5678", "daily-efgh5678"])).toBe("efgh5678");
  });
});
