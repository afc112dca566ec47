import type { EnvironmentInput } from "../../../src/environment/environment";
import {
  ciGroup,
  device,
  environment,
  locationsOf,
  many,
  role,
  violationsOf,
  withDevice,
} from "../../builders/environment";

const names = (count: number, prefix: string) => Array.from({ length: count }, (_, i) => `${prefix}${i + 1}`);

describe("the groups of a device", () => {
  test("are the only developer group, where it lists none", () => {
    expect(violationsOf(environment())).toEqual([]);
    expect(violationsOf(environment({ developerGroups: { engineers: {} } }))).toEqual([]);
  });

  test("refuses a device without a group where there are several to choose from", () => {
    expect(violationsOf(environment({ developerGroups: { engineers: {}, operators: {} } }))).toEqual([
      {
        location: "environments/prod.ts: devices.laptop.groups",
        expected: "a device is in at least one developer group, which carries self-service and the guard",
        got: "nothing, with 2 groups to choose from",
        remedy: 'use one of "engineers", "operators"',
      },
    ]);
  });

  test("refuses a device with an empty list of groups", () => {
    expect(violationsOf(withDevice({ groups: [] }))).toEqual([
      expect.objectContaining({
        location: "environments/prod.ts: devices.laptop.groups",
        got: "an empty list",
        remedy: 'use one of "developers"',
      }),
    ]);
  });

  test("refuses a device where no developer group exists", () => {
    expect(violationsOf(environment({ developerGroups: {} }))).toEqual([
      expect.objectContaining({
        location: "environments/prod.ts: devices.laptop.groups",
        got: "nothing, with 0 groups to choose from",
        remedy: "declare a group in developerGroups",
      }),
    ]);
  });

  test("refuses a group that does not exist, and suggests the nearest", () => {
    expect(violationsOf(withDevice({ groups: ["developer"] }))).toEqual([
      {
        location: "environments/prod.ts: devices.laptop.groups[0]",
        expected: "a developer group that this environment declares",
        got: '"developer"',
        remedy: 'did you mean "developers"?',
      },
    ]);
  });

  test("refuses a CI group on a device", () => {
    expect(locationsOf(withDevice({ groups: ["developers", "deployers"] }))).toEqual([
      "environments/prod.ts: devices.laptop.groups[1]",
    ]);
  });

  test.each([
    [10, []],
    [11, ["environments/prod.ts: devices.laptop.groups"]],
  ])("%i of them: %j", (count, locations) => {
    const input = withDevice({ groups: names(count, "g") }, { developerGroups: many(count, "g", {}) });
    expect(locationsOf(input)).toEqual(locations);
  });
});

describe("the groups of a repository", () => {
  const withGroups = (groups: readonly string[], rest: Partial<EnvironmentInput> = {}) =>
    environment({ repositories: { "octo/website": { groups } }, ...rest });

  test.each([
    [10, []],
    [11, ["environments/prod.ts: repositories.octo/website.groups"]],
  ])("%i of them: %j", (count, locations) => {
    const input = withGroups(names(count, "g"), { ciGroups: many(count, "g", ciGroup()) });
    expect(locationsOf(input)).toEqual(locations);
  });

  test("refuses an empty list", () => {
    expect(violationsOf(withGroups([]))).toEqual([
      {
        location: "environments/prod.ts: repositories.octo/website.groups",
        expected: "a repository is in at least one CI group",
        got: "an empty list",
        remedy: 'use one of "deployers"',
      },
    ]);
  });

  test("refuses a group that does not exist, and suggests the nearest", () => {
    expect(violationsOf(withGroups(["deployer"]))).toEqual([
      expect.objectContaining({
        location: "environments/prod.ts: repositories.octo/website.groups[0]",
        remedy: 'did you mean "deployers"?',
      }),
    ]);
  });

  test("refuses a group of people", () => {
    expect(locationsOf(withGroups(["developers"]))).toEqual([
      "environments/prod.ts: repositories.octo/website.groups[0]",
    ]);
  });
});

describe("a device in a trust policy", () => {
  test.each([
    ["both parts of the guard", { mfa: true, networks: true }, []],
    ["MFA alone", { mfa: true, networks: false }, []],
    ["networks alone", { mfa: false, networks: true }, []],
    ["neither part", { mfa: false, networks: false }, ["environments/prod.ts: devices.laptop.roles"]],
  ])("in a group with %s: %#", (_what, guard, locations) => {
    expect(locationsOf(environment({ developerGroups: { developers: { guard } } }))).toEqual(locations);
  });

  test("is guarded by one group of several", () => {
    const developerGroups = { open: { guard: { mfa: false, networks: false } }, developers: {} };
    expect(violationsOf(withDevice({ groups: ["open", "developers"] }, { developerGroups }))).toEqual([]);
    expect(violationsOf(withDevice({ groups: ["open"] }, { developerGroups }))).toEqual([
      {
        location: "environments/prod.ts: devices.laptop.roles",
        expected: "a user in a trust policy is in a group with the guard",
        got: "only groups whose guard is switched off",
        remedy: "add a group with the guard, or take the roles away",
      },
    ]);
  });

  test("needs no guard without a role", () => {
    const developerGroups = { developers: { guard: { mfa: false, networks: false } } };
    expect(violationsOf(withDevice({ roles: [] }, { developerGroups, roles: {} }))).toEqual([]);
  });
});

describe("a role that somebody lists", () => {
  const stage = (difference: Partial<EnvironmentInput> = {}) =>
    environment({ name: "stage", accountId: "444455556666", roleSuffix: "x1", ...difference });

  test.each([
    ["dialy", 'did you mean "daily"?'],
    ["something-else", 'use one of "daily"'],
    ["constructor", 'use one of "daily"'],
    ["__proto__", 'use one of "daily"'],
    ["Daily", 'did you mean "daily"?'],
  ])("refuses %s, which does not exist: %s", (written, remedy) => {
    expect(violationsOf(withDevice({ roles: ["daily", written] }))).toEqual([
      {
        location: "environments/prod.ts: devices.laptop.roles[1]",
        expected: "a role that this environment declares",
        got: `"${written}"`,
        remedy,
      },
    ]);
  });

  test("may be of another environment, or of its own by the full name", () => {
    expect(violationsOf(withDevice({ roles: ["prod/daily", "stage/daily"] }), stage())).toEqual([]);
  });

  test("refuses an environment that does not exist, and suggests the nearest", () => {
    expect(violationsOf(withDevice({ roles: ["daily", "stag/daily"] }), stage())).toEqual([
      {
        location: "environments/prod.ts: devices.laptop.roles[1]",
        expected: "an environment that exists before the slash",
        got: '"stag/daily"',
        remedy: 'did you mean "stage"?',
      },
    ]);
  });

  test("refuses a role that the other environment does not have", () => {
    expect(violationsOf(withDevice({ roles: ["daily", "stage/admin"] }), stage())).toEqual([
      expect.objectContaining({
        location: "environments/prod.ts: devices.laptop.roles[1]",
        expected: "a role that stage declares",
        remedy: 'did you mean "stage/daily"?',
      }),
    ]);
  });

  test("refuses a role of another account whose name ends at random", () => {
    const random = environment({ name: "stage", accountId: "444455556666" });
    expect(violationsOf(withDevice({ roles: ["daily", "stage/daily"] }), random)).toEqual([
      expect.objectContaining({
        location: "environments/prod.ts: devices.laptop.roles[1]",
        got: '"stage/daily", whose name ends at random',
        remedy: "give stage a roleSuffix",
      }),
    ]);
  });

  test("may end at random in another environment of the same account", () => {
    const neighbour = environment({
      name: "stage",
      namespace: "stage",
      devices: {},
      ciGroups: {},
      repositories: {},
    });
    expect(violationsOf(withDevice({ roles: ["daily", "stage/daily"] }), neighbour)).toEqual([]);
  });

  test("refuses a role that a break-glass user lists and nobody declares", () => {
    const breakGlass = { emergency: { owner: "anna", roles: ["daly"] } };
    expect(violationsOf(environment({ breakGlass }))).toEqual([
      expect.objectContaining({
        location: "environments/prod.ts: breakGlass.emergency.roles[0]",
        remedy: 'did you mean "daily"?',
      }),
    ]);
  });
});

describe("a role", () => {
  test("refuses one that nobody can assume", () => {
    const roles = { daily: role(), orphan: role() };
    expect(violationsOf(environment({ roles }))).toEqual([
      {
        location: "environments/prod.ts: roles.orphan",
        expected: "somebody can assume the role",
        got: "a role that no device or break-glass user lists, with no service, github, saml, oidc, permissionSet or trust.externalUsers",
        remedy: `add "orphan" to a device's roles, or remove the role`,
      },
    ]);
  });

  test.each([
    ["a break-glass user", {}, { breakGlass: { emergency: { owner: "anna", roles: ["lone"] } } }],
    ["a service", { service: { principal: "ec2.amazonaws.com" } }, {}],
    ["GitHub", { github: { repository: "octo/website", branch: "main" } }, {}],
    ["an external user", { trust: { externalUsers: ["arn:aws:iam::999999999999:user/bob"] } }, {}],
    ["a device", {}, { devices: { laptop: device({ roles: ["daily", "lone"] }) } }],
  ])("may be assumed by %s alone", (_who, difference, rest) => {
    const roles = { daily: role(), lone: role(difference) };
    expect(violationsOf(environment({ roles, ...rest }))).toEqual([]);
  });

  test("may be assumed from another environment alone", () => {
    const stage = environment({
      name: "stage",
      accountId: "444455556666",
      roleSuffix: "x1",
      devices: {},
    });
    expect(locationsOf(environment(), stage)).toEqual(["environments/stage.ts: roles.daily"]);
    expect(violationsOf(withDevice({ roles: ["daily", "stage/daily"] }), stage)).toEqual([]);
  });
});
