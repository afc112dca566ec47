import type { EnvironmentInput } from "../../../src/environment/environment";
import { device, environment, locationsOf, many } from "../../builders/environment";
import { SMALL_ACCOUNT, takenOver, trusting } from "../../builders/existing";

type Existing = NonNullable<EnvironmentInput["existing"]>;
type Users = NonNullable<Existing["users"]>;

const users = (given: Users, rest: Partial<Existing> = {}) => takenOver({ ...rest, users: given });
const role = (path: string) =>
  takenOver({ roles: { web: { path, trust: trusting({ Service: "ec2.amazonaws.com" }) } } });

describe("principals that the account had before", () => {
  test("stand as they are, without an allowed network: nothing of ours asks for one", () => {
    expect(locationsOf(takenOver())).toEqual([]);
  });

  test("leave the networks to be given as soon as there is a device", () => {
    expect(locationsOf(takenOver(SMALL_ACCOUNT, { devices: { laptop: device({ roles: [] }) } }))).toContain(
      "environments/prod.ts: allowedNetworks",
    );
  });

  test.each<[string, EnvironmentInput, readonly string[]]>([
    [
      "a group that nobody declares",
      users({ anna: { as: "device", groups: ["developers"] } }),
      ["existing.users.anna.groups[0]"],
    ],
    [
      "a group that is there too",
      users({ anna: { as: "device", groups: ["developers"] } }, { groups: { developers: {} } }),
      [],
    ],
    [
      "10 groups",
      users(
        { anna: { as: "device", groups: Object.keys(many(10, "g", {})) } },
        { groups: many(10, "g", {}) },
      ),
      [],
    ],
    [
      "11 groups",
      users(
        { anna: { as: "device", groups: Object.keys(many(11, "g", {})) } },
        { groups: many(11, "g", {}) },
      ),
      ["existing.users.anna.groups"],
    ],
    ["a name with a blank", users({ "anna smith": { as: "other" } }), ["existing.users.anna smith"]],
    ["a repository without its name", users({ ci: { as: "repository" } }), ["existing.users.ci.repository"]],
    [
      "a repository of another form",
      users({ ci: { as: "other", repository: "website" } }),
      ["existing.users.ci.repository"],
    ],
    [
      "a policy that is no name and no ARN",
      users({ anna: { as: "other", managedPolicies: ["no such:policy"] } }),
      ["existing.users.anna.managedPolicies[0]"],
    ],
    [
      "a policy twice",
      users({ anna: { as: "other", managedPolicies: ["ReadOnlyAccess", "ReadOnlyAccess"] } }),
      ["existing.users.anna.managedPolicies[1]"],
    ],
    ["a service-linked role", role("/aws-service-role/support.amazonaws.com/"), ["existing.roles.web.path"]],
    ["a role of Identity Center", role("/aws-reserved/sso.amazonaws.com/"), ["existing.roles.web.path"]],
    ["a role whose path only begins alike", role("/aws-reserved-for-us/"), []],
  ])("%s", (_what, input, expected) => {
    expect(locationsOf(input)).toEqual(expected.map((at) => `environments/prod.ts: ${at}`));
  });

  test("share the names of the account with what is declared, without regard to letter case", () => {
    const existing: Existing = { users: { LAPTOP: { as: "other" } }, groups: { Developers: {} } };
    expect(locationsOf(environment({ existing }))).toEqual([
      "environments/prod.ts: existing.users.LAPTOP",
      "environments/prod.ts: existing.groups.Developers",
    ]);
  });
});
