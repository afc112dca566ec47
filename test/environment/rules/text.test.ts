import type { EnvironmentInput } from "../../../src/environment/environment";
import {
  device,
  environment,
  locationsOf,
  many,
  role,
  violationsOf,
  withDevice,
  withRole,
} from "../../builders/environment";

const bare: Partial<EnvironmentInput> = { devices: {}, roles: {}, ciGroups: {}, repositories: {} };

describe("tags", () => {
  test.each([
    ["letters of any script", { 部署: "基盤" }],
    ["digits, blanks and punctuation", { "cost center_.:/=+-@": "42 a_.:/=+-@" }],
    ["an empty value", { team: "" }],
    ["the longest key and value", { ["k".repeat(128)]: "v".repeat(256) }],
    ["aws within", { "my-aws:tag": "x" }],
  ])("may have %s", (_what, tags) => {
    expect(violationsOf(environment({ tags }))).toEqual([]);
  });

  test.each([
    ["a key that is too long", { ["k".repeat(129)]: "v" }],
    ["an empty key", { "": "v" }],
    ["a key that AWS keeps for itself", { "aws:team": "v" }],
    ["a key that AWS keeps for itself, in capitals", { "AWS:team": "v" }],
    ["a key with other punctuation", { "team!": "v" }],
    ["a value that is too long", { team: "v".repeat(257) }],
    ["a value with other punctuation", { team: "<script>" }],
    ["a key that the baseline sets: environment", { environment: "x" }],
    ["a key that the baseline sets: Managed-By", { "Managed-By": "x" }],
    ["a key that the baseline sets: owner", { owner: "x" }],
    ["a key that the baseline sets: repository", { Repository: "x" }],
  ])("refuses %s, everywhere", (_what, tags: Record<string, string>) => {
    const [key = ""] = Object.keys(tags);
    expect(locationsOf(environment({ ...bare, tags }))).toEqual([`environments/prod.ts: tags.${key}`]);
    expect(locationsOf(withDevice({ tags }))).toEqual([`environments/prod.ts: devices.laptop.tags.${key}`]);
    expect(locationsOf(withRole({ tags }))).toEqual([`environments/prod.ts: roles.daily.tags.${key}`]);
  });

  test("refuses keys that differ in letter case only, which IAM takes for one", () => {
    expect(locationsOf(environment({ ...bare, tags: { Team: "a", team: "b" } }))).toEqual([
      "environments/prod.ts: tags.team",
    ]);
    expect(locationsOf(withDevice({ tags: { Team: "a" } }, { tags: { team: "b" } }))).toEqual([
      "environments/prod.ts: devices.laptop.tags.Team",
    ]);
  });

  test("of one device may replace the environment's own", () => {
    expect(violationsOf(withDevice({ tags: { team: "a" } }, { tags: { team: "b" } }))).toEqual([]);
  });

  test.each([
    [47, []],
    [48, ["environments/prod.ts: devices.laptop.tags"]],
  ])("%i of a device, beside the three of the baseline: %j", (count, locations) => {
    expect(locationsOf(withDevice({ tags: many(count, "t", "v") }))).toEqual(locations);
  });

  test.each([
    [46, []],
    [47, ["environments/prod.ts: repositories.octo/website"]],
  ])("%i of the environment, beside the four that a repository's user has: %j", (count, locations) => {
    expect(locationsOf(environment({ tags: many(count, "t", "v") }))).toEqual(locations);
  });

  test("of device and environment count together", () => {
    const tags = many(40, "t", "v");
    expect(violationsOf(withDevice({ tags: many(7, "u", "v") }, { tags }))).toEqual([]);
    expect(violationsOf(withDevice({ tags: many(8, "u", "v") }, { tags }))).toEqual([
      {
        location: "environments/prod.ts: devices.laptop.tags",
        expected: "an IAM entity has at most 50 tags",
        got: "51, 3 of them set by the baseline",
        remedy: "remove some",
      },
    ]);
  });
});

describe("an owner", () => {
  test.each(["anna", "Anna Müller", "山田太郎", "anna@example.com", "o".repeat(256)])(
    "%s is taken",
    (owner) => {
      expect(violationsOf(withDevice({ owner }))).toEqual([]);
    },
  );

  test.each([
    ["a device", withDevice({ owner: "anna <a@example.com>" }), "devices.laptop.owner"],
    ["a break-glass user", environment({ breakGlass: { x: { owner: "anna!" } } }), "breakGlass.x.owner"],
    [
      "a repository",
      environment({ repositories: { "octo/website": { groups: ["deployers"], owner: "a;b" } } }),
      "repositories.octo/website.owner",
    ],
  ])("refuses one of %s that is no tag value", (_who, input, path) => {
    expect(violationsOf(input)).toEqual([
      expect.objectContaining({
        location: `environments/prod.ts: ${path}`,
        remedy: expect.stringMatching(/./),
      }),
    ]);
  });

  test.each(["", "o".repeat(257)])("refuses %#: nobody, or too long", (owner) => {
    expect(locationsOf(withDevice({ owner }))).toEqual(["environments/prod.ts: devices.laptop.owner"]);
  });
});

describe("a role's description", () => {
  test.each(["", "Ça va", "line\none", "a".repeat(1000)])("may be %#", (description) => {
    expect(violationsOf(withRole({ description }))).toEqual([]);
  });

  test.each([
    ["Japanese", "毎日の作業"],
    ["a long dash", "view – upload"],
    ["too long", "a".repeat(1001)],
    ["a control character", "a\u0007"],
  ])("refuses %s", (_what, description) => {
    expect(
      violationsOf(environment({ devices: { laptop: device() }, roles: { daily: role({ description }) } })),
    ).toEqual([
      {
        location: "environments/prod.ts: roles.daily.description",
        expected: "a role's description is at most 1000 characters of Latin-1",
        got: JSON.stringify(description.slice(0, 60)),
        remedy: "shorten it, or write it in Latin letters; tags take every script",
      },
    ]);
  });
});
