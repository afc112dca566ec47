import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { nextStep, type Progress } from "../../src/cli/overview/next-step";
import { overview } from "../../src/cli/overview/overview";
import type { Environment } from "../../src/environment/environment";
import { validateBaseline } from "../../src/proofs/validate-baseline";
import { device, environment, many, NOW } from "../builders/environment";

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

describe("the first look", () => {
  test("begins with the next step, and folds what is many", () => {
    const lines = overview(
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
      "do this",
      NOW,
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
