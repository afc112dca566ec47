import { ciGroup, environment, violationsOf } from "../../builders/environment";

describe("the allowed networks of an environment", () => {
  test("may be of both kinds", () => {
    const allowedNetworks = ["203.0.113.0/24", "2001:db8:1::/48"];
    expect(violationsOf(environment({ allowedNetworks }))).toEqual([]);
  });

  test("refuses an empty list", () => {
    expect(violationsOf(environment({ allowedNetworks: [] }))).toEqual([
      {
        location: "environments/prod.ts: allowedNetworks",
        expected: "at least one network",
        got: "an empty list",
        remedy: "list the public networks that you reach AWS from, such as 203.0.113.0/24",
      },
    ]);
  });

  test("refuses each that is wrong, at its place", () => {
    const allowedNetworks = ["0.0.0.0/0", "203.0.113.0/24", "10.0.0.0/33", "::/0"];
    expect(violationsOf(environment({ allowedNetworks }))).toEqual([
      expect.objectContaining({ location: "environments/prod.ts: allowedNetworks[0]", got: '"0.0.0.0/0"' }),
      expect.objectContaining({ location: "environments/prod.ts: allowedNetworks[2]", got: '"10.0.0.0/33"' }),
      expect.objectContaining({ location: "environments/prod.ts: allowedNetworks[3]", got: '"::/0"' }),
    ]);
  });

  test.each([
    [[], "environments/prod.ts: ciGroups.deployers.allowedNetworks"],
    [["192.168.0.0/16"], "environments/prod.ts: ciGroups.deployers.allowedNetworks[0]"],
  ])("refuses %j for the runners of a CI group", (allowedNetworks, location) => {
    const ciGroups = { deployers: ciGroup({ allowedNetworks }) };
    expect(violationsOf(environment({ ciGroups }))).toEqual([expect.objectContaining({ location })]);
  });

  test("are not asked of a CI group", () => {
    expect(violationsOf(environment({ ciGroups: { deployers: ciGroup() } }))).toEqual([]);
  });
});
