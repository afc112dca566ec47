import type { EnvironmentInput } from "../../../src/environment/environment";
import { ciGroup, device, environment, locationsOf, role, violationsOf } from "../../builders/environment";

const USER = "an IAM user name is 1-64 of A-Za-z0-9+=,.@_-";
const BAD_NAMES = ["anna laptop", "名前", "../laptop", "laptop/home", "", "a".repeat(65)];

describe("a name that IAM takes", () => {
  test.each(["a".repeat(64), "a.b", "a+b=c,d@e_f-g", "Default", "Resource", "constructor"])(
    "%s: as a device",
    (name) => {
      expect(violationsOf(environment({ devices: { [name]: device() } }))).toEqual([]);
    },
  );

  test.each(BAD_NAMES)("refuses the device %j", (name) => {
    expect(violationsOf(environment({ devices: { [name]: device() } }))).toEqual([
      {
        location: `environments/prod.ts: devices.${name}`,
        expected: USER,
        got: JSON.stringify(name),
        remedy: "rename the device",
      },
    ]);
  });

  test.each(BAD_NAMES)("refuses the break-glass user %j", (name) => {
    expect(violationsOf(environment({ breakGlass: { [name]: { owner: "anna" } } }))).toEqual([
      expect.objectContaining({ location: `environments/prod.ts: breakGlass.${name}`, expected: USER }),
    ]);
  });

  test.each([
    ["developer group", { developerGroups: { ["g".repeat(128)]: {} } }, []],
    ["developer group", { developerGroups: { ["g".repeat(129)]: {} } }, ["developerGroups"]],
    ["developer group", { developerGroups: { 開発者: {} } }, ["developerGroups"]],
    ["CI group", { ciGroups: { ["g".repeat(128)]: ciGroup() }, repositories: {} }, []],
    ["CI group", { ciGroups: { ["g".repeat(129)]: ciGroup() }, repositories: {} }, ["ciGroups"]],
    ["CI group", { ciGroups: { "web deployers": ciGroup() }, repositories: {} }, ["ciGroups"]],
  ] as [string, Partial<EnvironmentInput>, string[]][])("a %s: %#", (_kind, difference, sections) => {
    expect(locationsOf(environment(difference))).toEqual(
      sections.map((section) => expect.stringMatching(`^environments/prod.ts: ${section}\\.`)),
    );
  });

  test.each([
    ["with 8 random characters", 55, undefined, true],
    ["with 8 random characters", 56, undefined, false],
    ["with a fixed suffix of 1", 62, "x", true],
    ["with a fixed suffix of 1", 63, "x", false],
    ["with a fixed suffix of 16", 47, "x".repeat(16), true],
    ["with a fixed suffix of 16", 48, "x".repeat(16), false],
  ])("a role %s, of %i characters itself, suffix %s: %s", (_what, length, roleSuffix, valid) => {
    const name = "r".repeat(length);
    const found = violationsOf(
      environment({
        roles: { [name]: role() },
        devices: { laptop: device({ roles: [name] }) },
        ...(roleSuffix !== undefined && { roleSuffix }),
      }),
    );
    expect(found.map(({ location }) => location)).toEqual(
      valid ? [] : [`environments/prod.ts: roles.${name}`],
    );
  });

  test.each(["octo", "octo/", "octo/..", "octo/web site", "octo/ウェブ", "octo.x/web", "octo/a/b"])(
    "refuses the repository %j",
    (name) => {
      expect(violationsOf(environment({ repositories: { [name]: { groups: ["deployers"] } } }))).toEqual([
        expect.objectContaining({
          location: `environments/prod.ts: repositories.${name}`,
          got: JSON.stringify(name),
          remedy: "write it as in the repository's address",
        }),
      ]);
    },
  );
});

describe("a name that is unique without regard to letter case", () => {
  const groups = ["deployers"];

  test("refuses two devices", () => {
    expect(violationsOf(environment({ devices: { Laptop: device(), laptop: device() } }))).toEqual([
      {
        location: "environments/prod.ts: devices.laptop",
        expected: "an IAM user name is unique in its account, without regard to letter case",
        got: '"laptop", which environments/prod.ts: devices.Laptop has too as "Laptop"',
        remedy: "rename one of them",
      },
    ]);
  });

  test.each([
    [
      "a device and a repository",
      { devices: { "Octo.Website": device() } },
      "environments/prod.ts: repositories.octo/website",
    ],
    [
      "two repositories",
      { repositories: { "octo/website": { groups }, "Octo/Website": { groups } } },
      "environments/prod.ts: repositories.octo/website",
    ],
    [
      "two long repositories",
      {
        repositories: {
          [`octo/${"w".repeat(80)}`]: { groups },
          [`octo/${"W".repeat(80)}`]: { groups },
        },
      },
      `environments/prod.ts: repositories.octo/${"w".repeat(80)}`,
    ],
    [
      "a device and a break-glass user",
      { breakGlass: { LAPTOP: { owner: "anna" } } },
      "environments/prod.ts: breakGlass.LAPTOP",
    ],
    [
      "a developer group and a CI group",
      { developerGroups: { Deployers: {} } },
      "environments/prod.ts: ciGroups.deployers",
    ],
    [
      "a group and the one of the break-glass users",
      { developerGroups: { "Baseline-Break-Glass": {} }, breakGlass: { emergency: { owner: "anna" } } },
      "environments/prod.ts: breakGlass",
    ],
    [
      "two roles",
      {
        roles: { Daily: role(), daily: role() },
        devices: { laptop: device({ roles: ["daily", "Daily"] }) },
      },
      "environments/prod.ts: roles.daily",
    ],
  ] as [string, Partial<EnvironmentInput>, string][])("refuses %s", (_what, difference, location) => {
    expect(locationsOf(environment(difference))).toEqual([location]);
  });

  const second = (difference: Partial<EnvironmentInput>) =>
    environment({
      name: "stage",
      namespace: "stage",
      developerGroups: { "stage-developers": {} },
      devices: { tablet: device() },
      ciGroups: {},
      repositories: {},
      ...difference,
    });

  test("refuses a user of two environments of one account", () => {
    expect(violationsOf(environment(), second({ devices: { LAPTOP: device() } }))).toEqual([
      expect.objectContaining({
        location: "environments/stage.ts: devices.LAPTOP",
        got: '"LAPTOP", which environments/prod.ts: devices.laptop has too as "laptop"',
      }),
    ]);
  });

  test("refuses a group of two environments of one account", () => {
    expect(locationsOf(environment(), second({ developerGroups: { Developers: {} } }))).toEqual([
      "environments/stage.ts: developerGroups.Developers",
    ]);
  });

  test("refuses a role of two environments of one account with one fixed suffix", () => {
    const first = environment({ roleSuffix: "x1" });
    expect(locationsOf(first, second({ roleSuffix: "x1" }))).toEqual(["environments/stage.ts: roles.daily"]);
    expect(locationsOf(first, second({ roleSuffix: "x2" }))).toEqual([]);
    expect(locationsOf(first, second({}))).toEqual([]);
  });

  test("is not asked across accounts", () => {
    expect(violationsOf(environment(), environment({ name: "stage", accountId: "444455556666" }))).toEqual(
      [],
    );
  });
});
