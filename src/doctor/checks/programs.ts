import { type Check, type CheckResult, ok, problem, warning } from "../check";
import type { ProgramVersions } from "../facts";

export const programs: Check = {
  id: "programs",
  title: "Programs",
  why: "An older Terraform knows no lock file in S3, cdktf does not start on Node.js 24, and the 99designs aws-vault is not maintained.",
  judge: ({ programs: found }) => [
    nodeVersion(found),
    terraformVersion(found),
    cdktfVersion(found),
    vaultVersion(found),
    cliVersion(found),
  ],
};

function nodeVersion({ node = "" }: ProgramVersions): CheckResult {
  return atLeast(node, 20, 19)
    ? ok(`Node.js ${node}`)
    : problem(`Node.js ${node || "is not there"}`, "install Node.js 22");
}

function terraformVersion({ terraform, tofu }: ProgramVersions): CheckResult {
  if (terraform !== undefined) {
    return atLeast(terraform, 1, 10)
      ? ok(`Terraform ${terraform}`)
      : problem(`Terraform ${terraform} locks no state in S3`, "install 1.10 or later");
  }
  if (tofu !== undefined) {
    return atLeast(tofu, 1, 10)
      ? ok(`OpenTofu ${tofu}; set TERRAFORM_BINARY_NAME=tofu`)
      : problem(`OpenTofu ${tofu} locks no state in S3`, "install 1.10 or later");
  }
  return problem(
    "neither terraform nor tofu is on the PATH",
    "install Terraform 1.10 or later (docs/bootstrap.md, step 2)",
  );
}

function cdktfVersion({ cdktf, cdktn, node = "" }: ProgramVersions): CheckResult {
  if (cdktn !== undefined) return ok(`cdktn ${cdktn}`);
  if (cdktf === undefined) {
    return problem(
      "neither cdktf nor cdktn is in the project",
      "npm install --save-dev cdktf-cli, or cdktn-cli",
    );
  }
  return atLeast(node, 24, 0)
    ? problem(`cdktf ${cdktf} does not start on Node.js ${node}`, "use cdktn: npx -p cdktn-cli@0.24.0 cdktn")
    : ok(`cdktf ${cdktf}`);
}

function vaultVersion({ "aws-vault": version }: ProgramVersions): CheckResult {
  if (version === undefined) {
    return warning(
      "aws-vault is not on the PATH",
      "install ByteNess/aws-vault 7 or later, or use device config --for cli",
    );
  }
  return atLeast(version, 7, 3)
    ? ok(`aws-vault ${version}`)
    : warning(`aws-vault ${version} is of the project that ended in 2023`, "install ByteNess/aws-vault");
}

function cliVersion({ aws }: ProgramVersions): CheckResult {
  if (aws === undefined)
    return warning("the AWS CLI is not on the PATH", "install AWS CLI 2 for work by hand");
  return atLeast(aws, 2, 0)
    ? ok(`AWS CLI ${aws}`)
    : warning(`AWS CLI ${aws} has no configure mfa-login and no export-credentials`, "install AWS CLI 2");
}

/** `1.10.2`, `v7.7.10`, `Terraform v1.12.0`: the first number of three. */
function atLeast(text: string, major: number, minor: number): boolean {
  const [, first = "0", second = "0"] = /(\d+)\.(\d+)/.exec(text) ?? [];
  return Number(first) > major || (Number(first) === major && Number(second) >= minor);
}
