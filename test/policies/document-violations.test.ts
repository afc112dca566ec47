import type { Environment, EnvironmentInput } from "../../src/environment/environment";
import { allow } from "../../src/environment/policy-statement";
import { validateEnvironments } from "../../src/environment/validate-environments";
import { documentViolations } from "../../src/policies/document-violations";
import { ciGroup, device, environment, NOW, role, withRole } from "../builders/environment";

function valid(...inputs: readonly EnvironmentInput[]): readonly Environment[] {
  const validation = validateEnvironments(inputs, NOW);
  if (!validation.valid) throw new Error(JSON.stringify(validation.violations));
  return validation.environments;
}

/** What is wrong with the documents of the first environment. */
function judged(...inputs: readonly EnvironmentInput[]) {
  const all = valid(...inputs);
  return all
    .slice(0, 1)
    .flatMap((first) => documentViolations(first, all).map(({ code: _code, ...words }) => words));
}

/** The input for which a padding of so many characters fills a document to its limit. */
function filled(
  input: (padding: string) => EnvironmentInput,
  limit: number,
): [fits: EnvironmentInput, over: EnvironmentInput] {
  const [{ got } = { got: "" }] = judged(input("x".repeat(limit)));
  const padding = 2 * limit - Number(got);
  return [input("x".repeat(padding)), input("x".repeat(padding + 1))];
}

const bucket = (name: string) => [allow("s3:PutObject", `arn:aws:s3:::${name}/*`)];

describe("a document that IAM would refuse for its size", () => {
  test.each([
    [
      "5,120 characters of a CI group",
      5120,
      (x: string) => environment({ ciGroups: { deployers: ciGroup({ statements: bucket(x) }) } }),
      "ciGroups.deployers.statements",
    ],
    [
      "10,240 characters of a role",
      10240,
      (x: string) => withRole({ statements: bucket(x) }),
      "roles.daily.statements",
    ],
    [
      "6,144 characters of a boundary",
      6144,
      (x: string) => withRole({ permissionsBoundary: bucket(x) }),
      "roles.daily.permissionsBoundary",
    ],
  ])("is refused beyond %s, to the character", (_what, limit, input, path) => {
    const [fits, over] = filled(input, limit);
    expect(judged(fits)).toEqual([]);
    expect(judged(over)).toEqual([
      {
        location: `environments/prod.ts: ${path}`,
        expected: expect.stringContaining(`at most ${limit} characters`),
        got: `${limit + 1}`,
        remedy: expect.stringMatching(/./),
      },
    ]);
  });

  test("white space in a policy is not counted, as IAM does not count it", () => {
    const [fits] = filled((x) => withRole({ statements: bucket(x) }), 10240);
    const blanks = {
      daily: role({
        statements: [...(fits.roles?.["daily"]?.statements ?? [])].map((s) => ({
          ...s,
          Resource: `${s.Resource}   `,
        })),
      }),
    };
    expect(judged({ ...fits, roles: blanks })).toEqual([]);
  });

  /** Devices d01, d02, ... with one name that is padded. */
  const trusting = (count: number, padding: string) => {
    const names = Array.from({ length: count }, (_, index) => `d${String(index + 1).padStart(2, "0")}`);
    return environment({
      devices: Object.fromEntries(
        names.map((name, index) => [index === 0 ? name + padding : name, device()]),
      ),
    });
  };
  const fits = (count: number) => judged(trusting(count, "")).length === 0;

  test("a trust policy holds 32 devices with names of three letters, and not 33", () => {
    expect([31, 32, 33, 34].map(fits)).toEqual([true, true, false, false]);
  });

  test("a trust policy is refused beyond 2,048 characters, to the character", () => {
    const [{ got } = { got: "" }] = judged(trusting(33, ""));
    const oneDevice = Number(judged(trusting(34, ""))[0]?.got) - Number(got);
    const room = 2048 - (Number(got) - oneDevice);
    expect(judged(trusting(32, "x".repeat(room)))).toEqual([]);
    expect(judged(trusting(32, "x".repeat(room + 1)))).toEqual([
      {
        location: "environments/prod.ts: roles.daily.trust",
        expected: "IAM takes at most 2048 characters for a trust policy",
        got: "2049",
        remedy: expect.stringContaining("L-C07B4B0D"),
      },
    ]);
  });

  test("a trust policy counts the devices of other accounts", () => {
    const target = environment({ name: "stage", accountId: "444455556666", roleSuffix: "x1", devices: {} });
    const source = trusting(40, "");
    const devices = Object.fromEntries(
      Object.keys(source.devices ?? {}).map((name) => [name, device({ roles: ["stage/daily"] })]),
    );
    const violations = judged(target, { ...source, devices, roles: {} });
    expect(violations.map(({ location }) => location)).toEqual(["environments/stage.ts: roles.daily.trust"]);
  });

  const networks = (count: number) => ({
    allowedNetworks: Array.from(
      { length: count },
      (_, index) => `203.0.${100 + Math.floor(index / 100)}.${100 + (index % 100)}/32`,
    ),
  });
  const open = { trust: { networks: false } };

  test.each([
    ["developers", {}],
    [
      "break-glass users alone",
      { devices: {}, breakGlass: { emergency: { owner: "anna", roles: ["daily"] } } },
    ],
  ])("too many networks for the guard of %s are told once, at the networks", (_who, rest) => {
    const roles = { daily: role(open) };
    expect(judged(environment({ ...networks(200), roles, ...rest }))).toEqual([]);
    expect(judged(environment({ ...networks(400), roles, ...rest }))).toEqual([
      {
        location: "environments/prod.ts: allowedNetworks",
        expected: "IAM takes at most 6144 characters for a managed policy",
        got: expect.stringMatching(/^\d{4}$/),
        remedy: "list fewer or wider networks",
      },
    ]);
  });

  test("several guards of one environment each count for themselves", () => {
    const developerGroups = { all: {}, network: { guard: { mfa: false, networks: true } } };
    const devices = { laptop: device({ groups: ["all"] }) };
    const found = judged(
      environment({ ...networks(400), developerGroups, devices, roles: { daily: role(open) } }),
    );
    expect(new Set(found.map(({ got }) => got)).size).toBe(2);
  });

  test("too many roles of other accounts are told at the group that has to carry them", () => {
    const names = Array.from({ length: 120 }, (_, index) => `role-${index}`);
    const roles = Object.fromEntries(names.map((name) => [name, role()]));
    const target = environment({
      name: "stage",
      accountId: "444455556666",
      roleSuffix: "x1",
      devices: {},
      roles,
    });
    const listing = device({ roles: ["daily", ...names.map((name) => `stage/${name}`)] });
    expect(judged(environment({ devices: { laptop: listing } }), target)).toEqual([
      expect.objectContaining({
        location: "environments/prod.ts: developerGroups.developers",
        expected: "IAM takes at most 5120 characters for the inline policies of a group",
      }),
    ]);
  });
});

describe("the text of a document", () => {
  const twice = [
    { Sid: "Same", Effect: "Allow", Action: "s3:GetObject", Resource: "*" } as const,
    { Sid: "Same", Effect: "Allow", Action: "s3:PutObject", Resource: "*" } as const,
  ];

  test("refuses a Sid twice", () => {
    expect(judged(withRole({ statements: twice }))).toEqual([
      {
        location: "environments/prod.ts: roles.daily.statements",
        expected: "every Sid of a policy is its own",
        got: '"Same" twice',
        remedy: "rename one of the statements, or leave Sid out",
      },
    ]);
    expect(judged(environment({ ciGroups: { deployers: ciGroup({ statements: twice }) } }))).toHaveLength(1);
    expect(judged(withRole({ permissionsBoundary: twice }))).toHaveLength(1);
  });

  test("refuses the Sid that the baseline gives a statement of its own", () => {
    const statements = twice
      .slice(0, 1)
      .map((statement) => ({ ...statement, Sid: "DenyOutsideRunnerNetworks" }));
    const group = (difference: object) =>
      environment({ ciGroups: { deployers: ciGroup({ statements, ...difference }) } });
    expect(judged(group({}))).toEqual([]);
    expect(judged(group({ allowedNetworks: ["203.0.113.0/24"] }))).toHaveLength(1);
  });
});
