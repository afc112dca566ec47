import { s3 } from "../../src/environment/backend";
import type { EnvironmentInput } from "../../src/environment/environment";
import { dailyAt } from "../../src/environment/schedule";
import {
  ciGroup,
  device,
  environment,
  role,
  violationsOf,
  withDevice,
  withRole,
} from "../builders/environment";

/** What somebody writes in JavaScript, or past the types. */
const written = (difference: object) => environment(difference as Partial<EnvironmentInput>);
const AT = "environments/prod.ts: ";

describe("an unknown key", () => {
  const keyRules = (difference: object) => ({
    schedule: dailyAt("00:00", "UTC"),
    rules: { old: { appliesTo: { path: "device" }, maxAgeDays: 90, reason: "CIS 2.12" } },
    ...difference,
  });
  const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };

  test.each([
    ["at the top", { device: {} }, "device", 'did you mean "devices"?'],
    ["in a device", { devices: { laptop: { ...device(), ower: "x" } } }, "devices.laptop.ower", '"owner"?'],
    ["in a role", { roles: { daily: { ...role(), maxSession: 1 } } }, "roles.daily.maxSession", "use one of"],
    [
      "in a role",
      { roles: { daily: { ...role(), statments: [] } } },
      "roles.daily.statments",
      '"statements"?',
    ],
    [
      "in a role's trust",
      { roles: { daily: { ...role(), trust: { maxMfaAgeSecond: 900 } } } },
      "roles.daily.trust.maxMfaAgeSecond",
      'did you mean "maxMfaAgeSeconds"?',
    ],
    [
      "in a statement",
      { roles: { daily: role({ statements: [{ ...statement, Conditions: {} } as never] }) } },
      "roles.daily.statements[0].Conditions",
      'did you mean "Condition"?',
    ],
    [
      "in a CI statement",
      { ciGroups: { deployers: ciGroup({ statements: [{ ...statement, action: "x" } as never] }) } },
      "ciGroups.deployers.statements[0].action",
      'did you mean "Action"?',
    ],
    [
      "in a repository",
      { repositories: { "octo/website": { group: [], groups: ["deployers"] } } },
      "repositories.octo/website.group",
      'did you mean "groups"?',
    ],
    [
      "in the guard",
      { developerGroups: { developers: { guard: { network: true } } } },
      "developerGroups.developers.guard.network",
      '"networks"?',
    ],
    [
      "in the key rules",
      { keyRules: keyRules({ dryrun: true }) },
      "keyRules.dryrun",
      'did you mean "dryRun"?',
    ],
    [
      "in a key rule",
      { keyRules: keyRules({ rules: { old: { appliesTo: { path: "ci" }, maxAgeDay: 1, reason: "why" } } }) },
      "keyRules.rules.old.maxAgeDay",
      'did you mean "maxAgeDays"?',
    ],
    ["in a local backend", { backend: { type: "local", dir: "x" } }, "backend.dir", "use one of"],
    [
      "in an S3 backend",
      { backend: { ...s3({ bucket: "octo-state", region: "eu-central-1" }), kmsKeyARN: "x" } },
      "backend.kmsKeyARN",
      'did you mean "kmsKeyArn"?',
    ],
    [
      "in the account",
      { account: { passwordPolicy: { minLength: 14 } } },
      "account.passwordPolicy.minLength",
      "use one of",
    ],
  ])("refuses one %s: %#", (_where, difference, path, remedy) => {
    expect(violationsOf(written(difference))).toEqual([
      {
        location: AT + path,
        expected: "only keys that the environment reference lists",
        got: `the unknown key "${path.split(".").at(-1)}"`,
        remedy: expect.stringContaining(remedy),
      },
    ]);
  });
});

describe("a value of the wrong form", () => {
  test.each([
    ["11 digits", { accountId: "11112222333" }, "accountId", '"11112222333"'],
    ["13 digits", { accountId: "1111222233334" }, "accountId", '"1111222233334"'],
    ["a number", { accountId: 111122223333 }, "accountId", "111122223333"],
    ["a number beyond JSON", { accountId: 111122223333n }, "accountId", "111122223333"],
    [
      "digits of another script",
      { accountId: "１１１１２２２２３３３３" },
      "accountId",
      '"１１１１２２２２３３３３"',
    ],
    ["nothing", { accountId: undefined }, "accountId", "nothing"],
    ["a region without a number", { region: "frankfurt" }, "region", '"frankfurt"'],
    ["a slash", { namespace: "a/b" }, "namespace", '"a/b"'],
    ["capitals in a suffix", { roleSuffix: "ABC" }, "roleSuffix", '"ABC"'],
    ["a long suffix", { roleSuffix: "x".repeat(17) }, "roleSuffix", `"${"x".repeat(17)}"`],
    ["no list", { allowedNetworks: "203.0.113.0/24" }, "allowedNetworks", '"203.0.113.0/24"'],
    ["no VPC", { allowedVpcs: ["subnet-0a1b2c3d"] }, "allowedVpcs[0]", '"subnet-0a1b2c3d"'],
    ["an unknown backend", { backend: { type: "gcs" } }, "backend.type", '"gcs"'],
    [
      "a short session",
      { roles: { daily: role({ maxSessionDuration: 3599 }) } },
      "roles.daily.maxSessionDuration",
      "3599",
    ],
    [
      "a long session",
      { roles: { daily: role({ maxSessionDuration: 43201 }) } },
      "roles.daily.maxSessionDuration",
      "43201",
    ],
    [
      "a fresh MFA age",
      { roles: { daily: role({ trust: { maxMfaAgeSeconds: 899 } }) } },
      "roles.daily.trust.maxMfaAgeSeconds",
      "899",
    ],
    [
      "a stale MFA age",
      { roles: { daily: role({ trust: { maxMfaAgeSeconds: 43201 } }) } },
      "roles.daily.trust.maxMfaAgeSeconds",
      "43201",
    ],
    [
      "an external id of one character",
      { roles: { daily: role({ trust: { externalId: "x" } }) } },
      "roles.daily.trust.externalId",
      '"x"',
    ],
    [
      "no service",
      { roles: { daily: role({ service: { principal: "ec2" } }) } },
      "roles.daily.service.principal",
      '"ec2"',
    ],
    [
      "every service",
      { roles: { daily: role({ service: { principal: "*" } }) } },
      "roles.daily.service.principal",
      '"*"',
    ],
    [
      "a short password",
      { account: { passwordPolicy: { minimumLength: 5 } } },
      "account.passwordPolicy.minimumLength",
      "5",
    ],
    [
      "an alias of 12 digits",
      { account: { alias: { name: "111122223333" } } },
      "account.alias.name",
      '"111122223333"',
    ],
    ["an alias with two dashes", { account: { alias: { name: "a--b" } } }, "account.alias.name", '"a--b"'],
    [
      "a short reason",
      { accepted: [{ finding: "x", subject: "y", reason: "ok", expires: "2027-01-01" }] },
      "accepted[0].reason",
      '"ok"',
    ],
    [
      "no day",
      { accepted: [{ finding: "x", subject: "y", reason: "known and planned", expires: "2027-02-30" }] },
      "accepted[0].expires",
      '"2027-02-30"',
    ],
  ])("refuses %s: %#", (_what, difference, path, got) => {
    expect(violationsOf(written(difference))).toEqual([
      {
        location: AT + path,
        expected: expect.stringMatching(/\w{3}/),
        got,
        remedy: expect.stringMatching(/\w{3}/),
      },
    ]);
  });

  test.each(["Prod", "prod-", "p", "p".repeat(33), "-prod", "prod--eu", "../prod", "本番"])(
    "refuses %j as the name of an environment",
    (name) => {
      expect(violationsOf(environment({ name }))).toEqual([
        {
          location: expect.stringMatching(/^environments\/.*: name$/),
          expected: expect.stringContaining("2-32 of a-z0-9-"),
          got: JSON.stringify(name),
          remedy: expect.stringMatching(/./),
        },
      ]);
    },
  );

  test.each([
    ["neither Action nor NotAction", { Effect: "Allow", Resource: "*" }, ""],
    ["Action and NotAction", { Effect: "Allow", Action: "*", NotAction: "*", Resource: "*" }, ""],
    ["neither Resource nor NotResource", { Effect: "Allow", Action: "*" }, ""],
    ["Resource and NotResource", { Effect: "Allow", Action: "*", Resource: "*", NotResource: "*" }, ""],
    ["another effect", { Effect: "allow", Action: "*", Resource: "*" }, ".Effect"],
    ["a Sid with a blank", { Sid: "a b", Effect: "Allow", Action: "*", Resource: "*" }, ".Sid"],
    ["a Sid in Japanese", { Sid: "許可", Effect: "Allow", Action: "*", Resource: "*" }, ".Sid"],
    ["no action at all", { Effect: "Allow", Action: [], Resource: "*" }, ".Action"],
    [
      "a condition value that is no string",
      { Effect: "Allow", Action: "*", Resource: "*", Condition: { Bool: { "aws:SecureTransport": true } } },
      ".Condition.Bool.aws:SecureTransport",
    ],
  ])("refuses a statement with %s", (_what, statement, key) => {
    expect(violationsOf(withRole({ statements: [statement as never] }))).toEqual([
      {
        location: `${AT}roles.daily.statements[0]${key}`,
        expected: expect.stringMatching(/\w{3}/),
        got: expect.stringMatching(/./),
        remedy: expect.stringMatching(/\w{3}/),
      },
    ]);
  });

  test("explains what a key means", () => {
    const [violation] = violationsOf(written({ accountId: "11112222333" }));
    expect(violation?.expected).toBe("AWS account id: 12 digits, as a string, not all of them 0");
    const [type] = violationsOf(written({ region: 1 }));
    expect(type?.expected).toMatch(/^a string \(Region of the provider/);
  });

  test("counts a text in characters", () => {
    const accepted = [{ finding: "x", subject: "user/x", reason: "short", expires: "2026-12-31" }];
    const [short] = violationsOf(written({ accepted }));
    expect(short?.expected).toMatch(/^8 or more characters \(Why it may stand/);
    const [long] = violationsOf(withDevice({ owner: "o".repeat(300) }));
    expect(long).toMatchObject({
      expected: expect.stringMatching(/^256 or fewer characters/),
      remedy: "shorten it",
    });
  });

  test("shows a long value cut", () => {
    const [violation] = violationsOf(withDevice({ owner: "o".repeat(300) }));
    expect(violation?.got).toHaveLength(120);
    expect(violation?.got).toMatch(/^"oo.*\.\.\.$/);
  });

  test.each([null, undefined, 42, "prod", [], { name: 7 }, { name: "../x" }])(
    "refuses an environment that is %j, at its place in the list",
    (input) => {
      const violations = violationsOf(environment(), input as never);
      expect(violations.length).toBeGreaterThan(0);
      for (const { location } of violations) expect(location).toMatch(/^environments\/index\.ts: \[1\]/);
    },
  );
});
