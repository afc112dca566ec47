import type { Cell, EnvironmentAccess, UserAccess } from "../../src/report/access-report";
import { shippedEnvironment } from "./shipped";

const HOME = ["203.0.113.0/24", "2001:db8:1::/48"];
const OFFICE = ["198.51.100.0/24", "2001:db8:2::/48"];

function user(environment: EnvironmentAccess, name: string): UserAccess {
  const found = environment.users.find(({ names }) => names.includes(name));
  if (found === undefined) throw new Error(`no user ${name}`);
  return found;
}

function cell(holder: { readonly capabilities: readonly Cell[] } | undefined, capability: string): Cell {
  const found = holder?.capabilities.find((one) => one.capability === capability);
  if (found === undefined) throw new Error(`no capability ${capability}`);
  return found;
}

const personal = shippedEnvironment("personal");
const dev = shippedEnvironment("team-dev");
const prod = shippedEnvironment("team-prod");
const role = (environment: EnvironmentAccess, start: string) =>
  environment.roles.find(({ name }) => name.startsWith(`${start}-`));

describe("people", () => {
  test.each([
    ["home", ["daily-*", "recovery-*"]],
    ["work", ["admin-*", "daily-*", "recovery-*"]],
  ])("of personal: %s may become %j with MFA at most 1 h old, from the allowed networks", (name, roles) => {
    expect(user(personal, name).mayBecome.map((one) => [one.name, one.answer, one.conditions])).toEqual(
      roles.map((one) => [one, "yes", [{ mfa: { maxAgeSeconds: 3600 }, networks: HOME }]]),
    );
  });

  test("a device of team-dev may become roles of team-prod under the conditions of these roles", () => {
    const reached = user(dev, "anna-laptop").mayBecome.filter(
      ({ environment }) => environment === "team-prod",
    );
    expect(reached.map(({ name, administrator, conditions }) => [name, administrator, conditions])).toEqual([
      ["admin-k7q2m9xd", "yes", [{ mfa: { maxAgeSeconds: 900 }, networks: OFFICE }]],
      ["daily-k7q2m9xd", "no", [{ mfa: { maxAgeSeconds: 3600 }, networks: OFFICE }]],
    ]);
  });

  test("ben may become no administrator", () => {
    const roles = dev.users
      .filter(({ owners }) => owners.includes("ben"))
      .flatMap(({ mayBecome }) => mayBecome);
    expect(roles.length).toBeGreaterThan(0);
    expect(roles.filter(({ administrator }) => administrator !== "no")).toEqual([]);
  });

  test("the break-glass user of team-prod may become its administrator and nothing else", () => {
    expect(user(prod, "emergency")).toMatchObject({
      kind: "break-glass",
      mayBecome: [{ name: "admin-k7q2m9xd" }],
    });
  });

  test("devices with the same rights are one row with all names and owners", () => {
    expect(user(dev, "anna-home")).toMatchObject({
      names: ["anna-home", "ben-tablet"],
      owners: ["anna", "ben"],
    });
  });
});

describe("a device user of itself", () => {
  test.each([
    ["own-key", "all", [{ mfa: {}, networks: HOME }]],
    ["enrol-own-mfa", "all", [{ networks: HOME }]],
    ["remove-own-mfa", "all", [{ mfa: {}, networks: HOME }]],
  ] as const)("may: %s, %s of it, under %j", (capability, extent, conditions) => {
    expect(cell(user(personal, "home"), capability)).toMatchObject({ answer: "yes", extent, conditions });
  });

  test.each(["read-data", "write-data", "change-resources", "others-credentials", "manage-iam"])(
    "may not: %s",
    (capability) => {
      expect(cell(user(personal, "work"), capability)).toMatchObject({ answer: "no", unknowns: [] });
    },
  );

  test("may not set its key to Active again where its group has no self-reactivation", () => {
    expect(cell(user(dev, "chris-laptop"), "own-key")).toMatchObject({ answer: "yes", extent: "some" });
  });
});

describe("CI", () => {
  test("a repository user writes to its own bucket from anywhere", () => {
    expect(cell(user(personal, "octo.website"), "write-data")).toMatchObject({
      answer: "yes",
      extent: "some",
      conditions: [{}],
      what: ["s3:DeleteObject on arn:aws:s3:::octo-website/*", "s3:PutObject on arn:aws:s3:::octo-website/*"],
    });
  });

  test("jobs on own runners work from the runners' network only", () => {
    expect(user(dev, "example-team.api").guardedTo.conditions).toEqual([{ networks: ["198.51.100.64/26"] }]);
  });

  test("no repository user may become a role", () => {
    const ci = [personal, dev, prod].flatMap(({ users }) => users.filter(({ kind }) => kind === "ci"));
    expect(ci).toHaveLength(5);
    expect(ci.flatMap(({ mayBecome }) => mayBecome)).toEqual([]);
  });
});

describe("roles", () => {
  test.each([
    ["personal", personal],
    ["team-dev", dev],
    ["team-prod", prod],
  ])("the only administrator of %s is admin", (_name, environment) => {
    const names = environment.roles
      .filter(({ administrator }) => administrator !== "no")
      .map(({ name }) => name);
    expect(names).toEqual([expect.stringMatching(/^admin-/)]);
  });

  test("daily views everything, writes to its prefix and reads nothing back", () => {
    const daily = role(personal, "daily");
    expect(cell(daily, "view")).toMatchObject({ answer: "yes", extent: "all" });
    expect(cell(daily, "read-data")).toMatchObject({ answer: "no" });
    expect(cell(daily, "write-data").what).toEqual([
      "s3:AbortMultipartUpload on arn:aws:s3:::octo-uploads/alice/*",
      "s3:PutObject on arn:aws:s3:::octo-uploads/alice/*",
    ]);
  });

  test("jobs of one GitHub environment may assume the deployer, by each form of their subject", () => {
    expect(role(prod, "api-deployer")?.assumedBy.map(({ kind, name }) => [kind, name])).toEqual([
      ["web-identity", "GitHub repo:example-team/api:environment:prod"],
      ["web-identity", "GitHub repo:example-team@123456/api@456789:environment:prod"],
    ]);
  });

  test("users of another environment are named with it", () => {
    expect(role(prod, "daily")?.assumedBy.map(({ name }) => name)).toEqual([
      "team-dev/anna-laptop",
      "team-dev/ben-laptop",
      "team-dev/chris-laptop",
    ]);
  });

  test("the deactivation function changes keys of others and is told so", () => {
    const { roles } = personal;
    const found = roles.find(({ name }) => name === "baseline-deactivate-access-keys");
    expect(cell(found, "others-credentials")).toMatchObject({ answer: "yes", extent: "some" });
    expect(cell(found, "manage-iam")).toMatchObject({ answer: "no" });
  });
});

describe("guards", () => {
  test("a group of people leaves what MFA enrolment needs to callers without MFA", () => {
    expect(dev.groups.find(({ name }) => name === "engineers")).toMatchObject({
      guardParts: { mfa: true, networks: true },
      guardsPeople: true,
      deniesFederationTokens: true,
      withoutMfa: expect.arrayContaining(["iam:EnableMFADevice", "sts:GetSessionToken"]),
    });
  });

  test("key actions are not left to callers without MFA", () => {
    const left = [personal, dev, prod].flatMap(({ groups }) =>
      groups.flatMap(({ withoutMfa }) => withoutMfa),
    );
    expect(left.filter((action) => /AccessKey|Deactivate|Delete/.test(action))).toEqual([]);
  });

  test("a group of repositories has no guard, and says so", () => {
    expect(personal.groups.find(({ name }) => name === "site-deployers")).toMatchObject({
      guardParts: { mfa: false, networks: false },
      guardsPeople: false,
    });
  });
});

test("what is known only after apply is told with its reason", () => {
  expect(personal.unknowns).toEqual([
    {
      what: "the whole names of admin-*, daily-*, recovery-*",
      reason: expect.stringContaining("known after apply"),
    },
  ]);
});
