import { validateEnvironments } from "../../src/environment/validate-environments";
import { formatViolation } from "../../src/findings/violation";
import { codedViolationsOf, device, environment, NOW, role, violationsOf } from "../builders/environment";
import { environments } from "../shipped";

describe("environments", () => {
  test("that are valid come back with every default filled in", () => {
    const validation = validateEnvironments([environment()], NOW);
    if (!validation.valid) throw new Error("not valid");
    const [prod] = validation.environments;
    expect(prod).toMatchObject({
      namespace: "baseline",
      partition: "aws",
      allowedVpcs: [],
      tags: {},
      developerGroups: { developers: { guard: { mfa: true, networks: true }, allowSelfReactivation: true } },
      roles: {
        daily: {
          maxSessionDuration: 3600,
          administrator: false,
          trust: { maxMfaAgeSeconds: 3600, networks: true, sourceIdentity: false },
        },
      },
    });
  });

  test("without a device have no developer group", () => {
    const validation = validateEnvironments([environment({ devices: {}, roles: {} })], NOW);
    expect(validation).toMatchObject({ valid: true, environments: [{ developerGroups: {} }] });
  });

  test("come back with their records in order, whatever the order they are written in", () => {
    const devices = { b: device(), a: device(), C: device() };
    const validation = validateEnvironments([environment({ devices })], NOW);
    if (!validation.valid) throw new Error("not valid");
    expect(Object.keys(validation.environments[0]?.devices ?? {})).toEqual(["C", "a", "b"]);
  });

  test("that ship with the baseline are valid, and stay so in ten years", () => {
    expect(validateEnvironments(environments, NOW)).toMatchObject({ valid: true });
    expect(validateEnvironments(environments, new Date("2036-11-23"))).toMatchObject({ valid: true });
  });

  test("are not changed by the validation", () => {
    const input = environment({ devices: { b: device(), a: device() } });
    const before = JSON.stringify(input);
    validateEnvironments([input], NOW);
    expect(JSON.stringify(input)).toBe(before);
  });
});

describe("everything that is wrong", () => {
  const broken = [
    environment({
      devices: { "anna laptop": device(), home: device({ roles: ["dialy"] }) },
      allowedNetworks: ["0.0.0.0/0"],
    }),
    environment({
      name: "stage",
      accountId: "444455556666",
      roles: { daily: role(), orphan: role({ description: "毎日" }) },
      repositories: { "octo/website": { groups: ["deployer"] } },
    }),
    environment({ name: "dev", accountId: "1", region: "nowhere", colour: "red" } as never),
  ];

  test("is told together, each in its own file", () => {
    expect(violationsOf(...broken).map(({ location }) => location)).toEqual([
      "environments/dev.ts: accountId",
      "environments/dev.ts: region",
      "environments/dev.ts: colour",
      "environments/prod.ts: devices.anna laptop",
      "environments/prod.ts: allowedNetworks[0]",
      "environments/prod.ts: devices.home.roles[0]",
      "environments/stage.ts: roles.orphan.description",
      "environments/stage.ts: repositories.octo/website.groups[0]",
    ]);
  });

  test("says where, what was expected, what was got and what to do", () => {
    for (const violation of codedViolationsOf(...broken)) {
      for (const part of Object.values(violation)) expect(part).toMatch(/\S/);
      expect(Object.keys(violation).sort()).toEqual(["code", "expected", "got", "location", "remedy"]);
    }
  });

  test("is worded in one line, in the words of whoever edits the file", () => {
    expect(
      codedViolationsOf(environment({ devices: { "anna laptop": device() } })).map(formatViolation),
    ).toEqual([
      'environments/prod.ts: devices.anna laptop: an IAM user name is 1-64 of A-Za-z0-9+=,.@_-, got "anna laptop"; rename the device [iam-name-invalid]',
    ]);
  });

  test("does not include what may stand in an environment that could not be read", () => {
    const unread = environment({ name: "stage", accountId: "4" });
    const listing = environment({ devices: { laptop: device({ roles: ["daily", "stage/daily"] }) } });
    expect(violationsOf(listing, unread).map(({ location }) => location)).toEqual([
      "environments/stage.ts: accountId",
    ]);
  });
});
