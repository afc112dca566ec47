import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { allow } from "../../src/environment/policy-statement";
import { isRefusal, synthesizeBaseline } from "../../src/stacks/synthesize-baseline";
import { ciGroup, environment, NOW } from "../builders/environment";

const folder = mkdtempSync(join(tmpdir(), "synthesize-baseline-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function thrown(work: () => void): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}

test("writes the stacks of every environment", () => {
  const outdir = join(folder, "written");
  const stage = environment({ name: "stage", accountId: "444455556666" });
  synthesizeBaseline({ environments: [environment(), stage], outdir, now: NOW });
  expect(readdirSync(join(outdir, "stacks")).sort()).toEqual(["prod-identity", "stage-identity"]);
});

test("writes to where cdktf says, and else to cdktf.out", () => {
  const outdir = join(folder, "of-cdktf");
  const before = process.env["CDKTF_OUTDIR"];
  process.env["CDKTF_OUTDIR"] = outdir;
  try {
    synthesizeBaseline({ environments: [environment()], now: NOW });
  } finally {
    if (before === undefined) delete process.env["CDKTF_OUTDIR"];
    else process.env["CDKTF_OUTDIR"] = before;
  }
  expect(readdirSync(join(outdir, "stacks"))).toEqual(["prod-identity"]);
});

const iamInCi = environment({
  ciGroups: { deployers: ciGroup({ statements: [allow("iam:*", "*")] }) },
  repositories: { "octo/website": { groups: ["deployers"] } },
});

test.each([
  ["an environment that is not valid", environment({ allowedNetworks: [] }), "InvalidEnvironmentsError"],
  ["one whose proofs do not hold", iamInCi, "BrokenProofsError"],
])("refuses %s and writes nothing", (_what, input, name) => {
  const outdir = join(folder, name);
  const error = thrown(() => synthesizeBaseline({ environments: [input], outdir, now: NOW }));
  expect(error).toMatchObject({ name });
  expect(isRefusal(error)).toBe(true);
  const stacks = join(outdir, "stacks");
  expect(existsSync(stacks) ? readdirSync(stacks) : []).toEqual([]);
});

test("tells what the proofs say beside violations, where these let the environment be synthesized", () => {
  const statements = [allow("iam:*", "*"), allow("s3:GetObjekt", "*")];
  const both = environment({ ciGroups: { deployers: ciGroup({ statements }) } });
  const error = thrown(() => synthesizeBaseline({ environments: [both], outdir: folder, now: NOW }));
  expect(error).toMatchObject({ name: "InvalidEnvironmentsError" });
  const { message } = error as Error;
  expect(message).toContain("environments/prod.ts: ciGroups.deployers.statements[1].Action");
  expect(message).toContain("prod: ci-stays-in-ci: user/octo.website");
});

test("tells of an exception that matches nothing", () => {
  const accepted = [
    { finding: "ci-stays-in-ci", subject: "user/nobody", reason: "of another day", expires: "2099-12-31" },
  ];
  const outdir = join(folder, "noted");
  const { notes } = synthesizeBaseline({ environments: [environment({ accepted })], outdir, now: NOW });
  expect(notes).toEqual([expect.stringMatching(/^environments\/prod\.ts: .*user\/nobody.* matches nothing/)]);
});

test("a fault is no refusal", () => {
  expect(isRefusal(new TypeError("x is not a function"))).toBe(false);
});
