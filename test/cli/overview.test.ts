import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { nextStep, type Progress } from "../../src/cli/overview/next-step";
import { overview } from "../../src/cli/overview/overview";
import type { Environment } from "../../src/environment/environment";
import { keyRecoveryRole } from "../../src/environment/role-presets";
import { dailyAt } from "../../src/environment/schedule";
import { validateBaseline } from "../../src/proofs/validate-baseline";
import { device, environment, many, NOW, role } from "../builders/environment";

jest.setTimeout(120_000);
const made = (difference = {}) =>
  validateBaseline([environment({ accountId: "222233334444", ...difference })], NOW)[0] as Environment;
const progress: Progress = { node: 22, terraform: true, deployed: false, configured: [] };

describe("the next step", () => {
  test.each<[string, Partial<Progress>, object, RegExp]>([
    ["of an example", {}, { accountId: "111122223333" }, /npm run init/],
    ["without Terraform", { terraform: false }, {}, /install Terraform/],
    ["before the first deploy", {}, {}, /^npx cdktf deploy 'prod-identity'$/],
    ["on Node.js 24, where cdktf does not start", { node: 24 }, {}, /cdktn deploy/],
    ["after it", { deployed: true }, {}, /device config laptop --environment prod --write/],
    ["with profiles", { deployed: true, configured: ["laptop"] }, {}, /^iam-baseline doctor prod$/],
    [
      "where nobody knows whether it is deployed",
      { deployed: undefined },
      {},
      /where it is not deployed yet/,
    ],
  ])("%s", (_when, difference, environmentDifference, step) => {
    expect(nextStep(made(environmentDifference), { ...progress, ...difference })).toMatch(step);
  });
});

const looked = (environment: Environment) => overview(environment, [environment], "do this", NOW);

describe("the first look", () => {
  test("says where something is weaker by declaration, and that nothing is", () => {
    expect(looked(made()).join("\n")).toMatch(/Weaknesses +none is declared/);
    const weak = made({ developerGroups: { developers: { guard: { networks: false } } } });
    expect(looked(weak).join("\n")).toMatch(/Weaknesses +developerGroups\.developers\.guard\.networks/);
  });

  test("says of the way back that the last key stays", () => {
    const devices = {
      laptop: device({ roles: ["daily", "recovery"] }),
      home: device({ roles: ["recovery"] }),
    };
    const roles = { daily: role(), recovery: keyRecoveryRole() };
    const rules = { "old-keys": { appliesTo: { path: "device" }, maxAgeDays: 90, reason: "CIS AWS 2.12" } };
    const keyRules = { schedule: dailyAt("00:00", "UTC"), rules, lastKeyStays: true };
    const lines = looked(made({ devices, roles, keyRules, recovery: "second-device" }));
    expect(lines.join("\n")).toMatch(
      /second-device, for anna: the last key that sets others to Active stays/,
    );
  });

  test("begins with the next step, and folds what is many", () => {
    const lines = looked(
      made({
        devices: many(200, "d", device()),
        roles: {
          daily: {
            statements: [],
            managedPolicies: ["job-function/ViewOnlyAccess"],
            trust: { devices: "by-group" },
          },
        },
        roleSuffix: "abcd1234",
      }),
    );
    expect(lines[1]).toMatch(/Next +do this/);
    expect(lines.length).toBeLessThan(40);
    expect(lines.join("\n")).toContain("and 192 more");
  });

  test("is what npm start prints, in 80 lines at most", () => {
    const { stdout, stderr, status } = spawnSync(process.execPath, ["scripts/start.mjs"], {
      cwd: resolve(__dirname, "../.."),
      encoding: "utf8",
    });
    expect({ status, stderr: stderr.slice(0, 400) }).toMatchObject({ status: 0 });
    expect(`${stdout}${stderr}`.trim().split("\n").length).toBeLessThanOrEqual(80);
    expect(stdout).toMatch(/personal \(account 111122223333[\s\S]*Next/);
  });
});
