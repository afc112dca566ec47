import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { escapedForTerraform, policyText } from "../../src/constructs/iam-policy-text";
import { policyDocument } from "../../src/iam/policy-document";
import { minified } from "../../src/policies/minified";
import { selfServiceDocument } from "../../src/policies/self-service";

const document = policyDocument(
  ...selfServiceDocument({
    userArnPrefix: "arn:aws:iam::111122223333:user/baseline/device/",
    mfaArnPrefix: "arn:aws:iam::111122223333:mfa/",
    allowSelfReactivation: true,
  }).Statement,
  {
    Sid: "Odd",
    Effect: "Allow",
    Action: "s3:GetObject",
    Resource: [
      "$${twice}",
      "%{if true}x%{endif}",
      "$",
      "{",
      "$ {",
      "$$$",
      "${*}",
      "${aws:PrincipalTag/a, 'none'}",
      '"quoted"\\',
    ],
  },
);

describe("the text of a policy", () => {
  test.each([
    ["${aws:username}", "$${aws:username}"],
    ["a/${aws:username}/${aws:username}", "a/$${aws:username}/$${aws:username}"],
    ["%{if}", "%%{if}"],
    ["$ { } $$ %", "$ { } $$ %"],
    ["${TfToken[TOKEN.7]}/x", "${TfToken[TOKEN.7]}/x"],
  ])("%s is written as %s", (text, escaped) => expect(escapedForTerraform(text)).toBe(escaped));

  test("writes IAM's variables so that Terraform does not read them", () => {
    expect(policyText(document)).not.toMatch(/(?<!\$)\$\{aws:/);
    expect(policyText(document)).toContain(
      '"arn:aws:iam::111122223333:user/baseline/device/$${aws:username}"',
    );
  });
});

const terraform = process.env["TERRAFORM_BINARY_NAME"] ?? "terraform";
const installed = spawnSync(terraform, ["version"], { encoding: "utf8" }).status === 0;
const required = installed || process.env["CI"] === "true";

/** Starts terraform several times: seconds on a busy machine. */
const TERRAFORM_TIMEOUT_MS = 120_000;

(required ? describe : describe.skip)(
  required ? "Terraform" : `Terraform (not run: ${terraform} is not installed)`,
  () => {
    test(
      "gives the text to IAM as the document was written",
      () => {
        expect({ terraform, installed }).toEqual({ terraform, installed: true });
        const folder = mkdtempSync(join(tmpdir(), "iam-baseline-terraform-"));
        const run = (...args: string[]) => {
          const { CDKTF_OUTDIR: _, TF_CLI_ARGS: __, ...env } = process.env;
          const { status, stdout, stderr } = spawnSync(terraform, args, {
            cwd: folder,
            encoding: "utf8",
            env: { ...env, TF_IN_AUTOMATION: "1", CHECKPOINT_DISABLE: "1" },
          });
          if (status !== 0) throw new Error(`terraform ${args.join(" ")}: ${stderr || stdout}`);
          return stdout;
        };
        try {
          // terraform_data is built into terraform: nothing is downloaded
          const resource = { terraform_data: { policy: { input: policyText(document) } } };
          const output = { policy: { value: "${terraform_data.policy.output}" } };
          writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ resource, output }));
          run("init", "-input=false", "-no-color");
          run("apply", "-input=false", "-no-color", "-auto-approve");
          const rendered: string = JSON.parse(run("output", "-json", "policy"));
          expect(rendered).toBe(minified(document));
          expect(rendered).toContain("user/baseline/device/${aws:username}");
        } finally {
          rmSync(folder, { recursive: true, force: true });
        }
      },
      TERRAFORM_TIMEOUT_MS,
    );
  },
);
