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

describe("the sum of the allowed networks", () => {
  /** Networks of /8 from 11.0.0.0 on: none of them is private. */
  const eights = (count: number, first = 11) =>
    Array.from({ length: count }, (_, index) => `${first + index}.0.0.0/8`);
  const sum = (allowedNetworks: readonly string[]) => violationsOf(environment({ allowedNetworks }));

  test("is told as a share of the Internet", () => {
    expect(sum(eights(84))).toEqual([
      {
        location: "environments/prod.ts: allowedNetworks",
        expected: "networks that hold together at most 3.1 % of all public IPv4 addresses",
        got: "84 that hold 33 %",
        remedy: "list the networks that you really use",
      },
    ]);
  });

  test.each([
    ["eight networks of /8", eights(8), 0],
    ["and one address more", [...eights(8), "203.0.113.7/32"], 1],
    ["the same addresses again", [...eights(8), "12.128.0.0/9", "13.1.0.0/16"], 0],
    [
      "sixteen halves of /8",
      eights(8).flatMap((network) => [
        network.replace("/8", "/9"),
        network.replace(".0.0.0/8", ".128.0.0/9"),
      ]),
      0,
    ],
    [
      "a /16 of IPv6",
      Array.from({ length: 8 }, (_, index) => `2a00:${(index * 0x2000).toString(16)}::/19`),
      0,
    ],
    [
      "more of IPv6",
      Array.from(
        { length: 9 },
        (_, index) => `2a0${index < 8 ? 0 : 1}:${((index % 8) * 0x2000).toString(16)}::/19`,
      ),
      1,
    ],
    ["both kinds, each within its limit", [...eights(8), "2a00::/19"], 0],
  ])("%s", (_what, networks, count) => {
    expect(sum(networks)).toHaveLength(count);
  });

  test("is judged for the runners of a CI group, too", () => {
    const ciGroups = { deployers: ciGroup({ allowedNetworks: eights(84) }) };
    expect(violationsOf(environment({ ciGroups }))).toEqual([
      expect.objectContaining({ location: "environments/prod.ts: ciGroups.deployers.allowedNetworks" }),
    ]);
  });
});
