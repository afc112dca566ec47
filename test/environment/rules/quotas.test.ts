import { ciGroup, device, environment, many, role, violationsOf } from "../../builders/environment";

describe("the room of an account", () => {
  const withUsers = (count: number) =>
    environment({ devices: many(count, "device-", device()), repositories: {}, ciGroups: {} });
  const withGroups = (count: number) =>
    environment({
      developerGroups: many(count, "group-", {}),
      devices: { laptop: device({ groups: ["group-1"] }) },
      ciGroups: {},
      repositories: {},
    });
  const withRoles = (count: number) =>
    environment({
      roles: many(count, "role-", role()),
      devices: { laptop: device({ roles: Array.from({ length: count }, (_, i) => `role-${i + 1}`) }) },
    });

  test("takes 5,000 users, 300 groups and 1,000 roles", () => {
    expect(violationsOf(withUsers(5000))).toEqual([]);
    expect(violationsOf(withGroups(300))).toEqual([]);
    expect(violationsOf(withRoles(1000))).toEqual([]);
  });

  test.each([
    ["user 5,001", withUsers(5001), "environments/prod.ts: devices", "5001", /does not raise/],
    ["group 301", withGroups(301), "environments/prod.ts: developerGroups", "301", /ask AWS/],
    ["role 1,001", withRoles(1001), "environments/prod.ts: roles", "1001", /ask AWS/],
  ])("refuses %s", (_what, input, location, got, remedy) => {
    expect(violationsOf(input)).toEqual([
      { location, expected: expect.stringContaining("at most"), got, remedy: expect.stringMatching(remedy) },
    ]);
  });

  test("counts repositories as users, and CI groups as groups", () => {
    const repositories = environment({
      devices: {},
      roles: {},
      repositories: many(5001, "octo/r", { groups: ["deployers"] }),
    });
    expect(violationsOf(repositories).map(({ got }) => got)).toEqual(["5001"]);
    const groups = environment({ ciGroups: many(300, "g", ciGroup()), repositories: {} });
    expect(violationsOf(groups).map(({ got }) => got)).toEqual(["301"]);
  });

  test("is shared by the environments of one account, and told once", () => {
    const second = environment({
      name: "stage",
      namespace: "stage",
      devices: {},
      roles: {},
      ciGroups: { uploaders: ciGroup() },
      repositories: { "octo/other": { groups: ["uploaders"] } },
    });
    expect(violationsOf(withUsers(5000), second)).toEqual([
      expect.objectContaining({ location: "environments/prod.ts: devices", got: "5001" }),
    ]);
    expect(violationsOf(withUsers(5000), { ...second, accountId: "444455556666" })).toEqual([]);
  });
});
