import { local } from "../../../src/environment/backend";
import { allow, deny } from "../../../src/environment/policy-statement";
import { dailyRole } from "../../../src/environment/role-presets";
import { dailyAt } from "../../../src/environment/schedule";
import {
  ciGroup,
  device,
  environment,
  locationsOf,
  role,
  violationsOf,
  withDevice,
  withRole,
} from "../../builders/environment";

const FILE = "environments/prod.ts:";

describe("lists name each entry once", () => {
  test.each([
    [
      "networks",
      environment({ allowedNetworks: ["203.0.113.0/24", "203.0.113.0/24"] }),
      "allowedNetworks[1]",
    ],
    [
      "networks that are written in two ways",
      environment({ allowedNetworks: ["2001:db8:1::/48", "2001:0DB8:1:0::/48"] }),
      "allowedNetworks[1]",
    ],
    ["VPCs", environment({ allowedVpcs: ["vpc-12345678", "vpc-12345678"] }), "allowedVpcs[1]"],
    ["roles of a device", withDevice({ roles: ["daily", "daily"] }), "devices.laptop.roles[1]"],
    [
      "groups of a device",
      withDevice({ groups: ["developers", "developers"] }, { developerGroups: { developers: {} } }),
      "devices.laptop.groups[1]",
    ],
    [
      "groups of a repository",
      environment({ repositories: { "octo/website": { groups: ["deployers", "deployers"] } } }),
      "repositories.octo/website.groups[1]",
    ],
    [
      "roles of a break-glass user",
      environment({ breakGlass: { emergency: { owner: "anna", roles: ["daily", "daily"] } } }),
      "breakGlass.emergency.roles[1]",
    ],
  ])("%s", (_what, input, key) => {
    expect(locationsOf(input)).toEqual([`${FILE} ${key}`]);
  });
});

describe("a role holds some permission", () => {
  test("refuses one without any, and one that only denies", () => {
    expect(locationsOf(withRole({ statements: [] }))).toEqual([`${FILE} roles.daily`]);
    expect(locationsOf(withRole({ statements: [deny("s3:*", "*")] }))).toEqual([`${FILE} roles.daily`]);
  });

  test("takes the roles that plan stacks or reactivate keys", () => {
    const github = { repository: "octo/iam", environment: "reactivate" };
    const roles = {
      daily: role(),
      reactivate: { reactivatesKeys: true, github },
      plan: { plansStacks: true, github },
    };
    expect(violationsOf(environment({ roles }))).toEqual([]);
  });
});

describe("a CI group allows something", () => {
  test.each<[string, Parameters<typeof ciGroup>[0] | undefined, boolean]>([
    ["nothing at all", { statements: [] }, false],
    ["only denied", { statements: [deny("s3:*", "*")] }, false],
    ["a managed policy", { statements: [], managedPolicies: ["ReadOnlyAccess"] }, true],
    ["a statement that allows", {}, true],
  ])("%s", (_what, difference, valid) => {
    expect(locationsOf(environment({ ciGroups: { deployers: ciGroup(difference) } }))).toEqual(
      valid ? [] : [`${FILE} ciGroups.deployers`],
    );
  });
});

describe("an exception names a finding", () => {
  test.each<[string, string | undefined]>([
    ["ci-stays-in-ci", undefined],
    ["key-too-old", undefined],
    ["no-privilege-escalation", undefined],
    ["no-privilege-escalation/iam:CreatePolicyVersion", undefined],
    ["ci-stays-in-cii", 'did you mean "ci-stays-in-ci"?'],
    ["key-to-old", 'did you mean "key-too-old"?'],
    ["no-privilege-escalation/iam:CreatPolicyVersion", 'did you mean "iam:CreatePolicyVersion"?'],
    ["ci-stays-in-ci/iam:PassRole", 'ci-stays-in-ci has no methods: write "ci-stays-in-ci"'],
  ])("%s", (finding, remedy) => {
    const accepted = [{ finding, subject: "user/laptop", reason: "known since May", expires: "2026-12-31" }];
    expect(violationsOf(environment({ accepted })).map((one) => [one.location, one.remedy])).toEqual(
      remedy === undefined ? [] : [[`${FILE} accepted[0].finding`, remedy]],
    );
  });
});

describe("a document is that of a policy which the environment names", () => {
  const shared = "arn:aws:iam::111122223333:policy/team/Shared";
  const given = (arn: string) => ({
    ...withRole({ managedPolicies: [shared] }),
    documents: { [arn]: { Version: "2012-10-17", Statement: [allow("s3:GetObject", "*")] } },
  });
  test.each<[string, boolean]>([
    [shared, true],
    ["arn:aws:iam::aws:policy/Tomorrow", true],
    ["arn:aws:iam::111122223333:policy/team/Shard", false],
    ["arn:aws:iam::111122223333:policy/Shared", false],
    ["arn:aws:iam:111122223333:policy/team/Shared", false],
    ["arn:aws-cn:iam::111122223333:policy/team/Shared", false],
    ["arn:aws:iam::111122223333:role/team/Shared", false],
  ])("%s", (arn, valid) => {
    expect(locationsOf(given(arn) as never)).toEqual(valid ? [] : [`${FILE} documents.${arn}`]);
  });
});

describe("values that mean harm or nothing", () => {
  test.each([
    ["state outside of the project", environment({ backend: local("/etc") }), "backend.directory"],
    ["state beside the project", environment({ backend: local("../state") }), "backend.directory"],
    [
      "state beside the project, hidden",
      environment({ backend: local("state/../../x") }),
      "backend.directory",
    ],
    ["state in a home", environment({ backend: local("~/state") }), "backend.directory"],
    ["an account that nobody has", environment({ accountId: "000000000000" }), "accountId"],
    ["a path that IAM keeps", environment({ namespace: "aws-service-role" }), "namespace"],
    ["another path that IAM keeps", environment({ namespace: "aws-reserved" }), "namespace"],
  ])("refuses %s", (_what, input, key) => {
    expect(locationsOf(input)).toEqual([`${FILE} ${key}`]);
  });

  test.each(["state", "state/prod", ".state", "a..b/state"])("state may be kept in %s", (directory) => {
    expect(violationsOf(environment({ backend: local(directory) }))).toEqual([]);
  });

  test("refuses a device called __proto__, however it is written", () => {
    const literal = { laptop: device(), __proto__: device() };
    expect(locationsOf(environment({ devices: literal }))).toEqual([`${FILE} devices.__proto__`]);
    const computed = { laptop: device(), ["__proto__"]: device() };
    expect(locationsOf(environment({ devices: computed }))).toEqual([`${FILE} devices.__proto__`]);
  });

  test.each(["constructor", "toString", "hasOwnProperty", "valueOf"])("a device may be called %s", (name) => {
    const devices = { [name]: device(), laptop: device() };
    expect(violationsOf(environment({ devices }))).toEqual([]);
    expect(locationsOf(withDevice({ roles: ["daily", name] }))).toEqual([`${FILE} devices.laptop.roles[1]`]);
    expect(locationsOf(withDevice({ groups: [name] }))).toEqual([`${FILE} devices.laptop.groups[0]`]);
  });
});

describe("what to do is said of what is there", () => {
  const nightly = { appliesTo: { path: "device" }, nightly: true, reason: "keys are for the day" } as const;
  const keyRules = { schedule: dailyAt("00:00", "Asia/Tokyo"), rules: { nightly } };
  test.each([
    [
      "a misspelt recovery",
      environment({ recovery: "seconddevice" as never }),
      "recovery",
      /^one of "second-device", "oidc", "break-glass-user", or an object/,
      'did you mean "second-device"?',
    ],
    [
      "a misspelt path of a rule",
      environment({
        keyRules: { ...keyRules, rules: { nightly: { ...nightly, appliesTo: { path: "devices" } } } },
      } as never),
      "keyRules.rules.nightly.appliesTo.path",
      /^one of "device", "ci"/,
      'did you mean "device"?',
    ],
    [
      "a misspelt kind of state",
      environment({ backend: { type: "S3" } as never }),
      "backend.type",
      /"local", "s3"/,
      'did you mean "s3"?',
    ],
    [
      "an empty list",
      withRole({ permissionsBoundary: [] }),
      "roles.daily.permissionsBoundary",
      /1 or more entries/,
      "add one",
    ],
    [
      "a VPC",
      environment({ allowedVpcs: ["vpc-12"] }),
      "allowedVpcs[0]",
      /^A VPC id, `vpc-` and 8 or 17 hexadecimal digits$/,
      "write it in that form",
    ],
    [
      "an address",
      environment({ keyRules: { ...keyRules, notifications: { emails: ["anna at example"] } } } as never),
      "keyRules.notifications.emails[0]",
      /^An e-mail address$/,
      "write it in that form",
    ],
    [
      "a tag that is too long",
      environment({ tags: { team: "x".repeat(260) } }),
      "tags.team",
      /at most 256/,
      "shorten it by 4 characters",
    ],
  ])("%s", (_what, input, key, expected, remedy) => {
    expect(violationsOf(input)).toEqual([
      {
        location: `${FILE} ${key}`,
        expected: expect.stringMatching(expected),
        got: expect.any(String),
        remedy,
      },
    ]);
  });
});

describe("a preset that is given what it cannot use", () => {
  test.each([
    ["a name for a bucket", { uploadTo: ["octo"] }, "uploadTo[0]", /object/],
    ["a misspelt key", { uploadTo: [{ buket: "octo" }] }, "uploadTo[0].buket", /did you mean "bucket"/],
    ["no bucket", { uploadTo: [{ prefix: "a/" }] }, "uploadTo[0].bucket", /.*/],
    ["a bucket that is none", { uploadTo: [{ bucket: "Octo Uploads" }] }, "uploadTo[0].bucket", /.*/],
    [
      "a prefix that begins with a slash",
      { uploadTo: [{ bucket: "octo", prefix: "/a/" }] },
      "uploadTo[0].prefix",
      /.*/,
    ],
    ["a prefix that is none", { uploadTo: [{ bucket: "octo", prefix: "a" }] }, "uploadTo[0].prefix", /.*/],
    ["a prefix with wildcards", { uploadTo: [{ bucket: "octo", prefix: "*/" }] }, "uploadTo[0].prefix", /.*/],
    ["one target for a list", { uploadTo: { bucket: "octo" } }, "uploadTo", /.*/],
    ["a misspelt setting", { uploadsTo: [{ bucket: "octo" }] }, "uploadsTo", /did you mean "uploadTo"/],
    ["a partition that is none", { partition: "aws-de" }, "partition", /.*/],
  ])("tells %s with its place", (_what, settings, key, words) => {
    const roles = { daily: dailyRole(settings as never) };
    const found = violationsOf(environment({ roles })).filter(({ location }) =>
      location.includes(`: dailyRole: ${key}`),
    );
    expect(found.map(({ location }) => location)).toContain(`${FILE} roles.daily: dailyRole: ${key}`);
    expect(found.map(({ expected, remedy }) => `${expected} ${remedy}`).join()).toMatch(words);
    expect(JSON.stringify(roles)).not.toContain("undefined");
  });

  test("is told where its result is spread, too", () => {
    const roles = { daily: { ...dailyRole({ uploadTo: ["octo"] as never }), maxSessionDuration: 7200 } };
    expect(locationsOf(environment({ roles }))).toEqual([`${FILE} roles.daily: dailyRole: uploadTo[0]`]);
  });
});
