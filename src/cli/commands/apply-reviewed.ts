import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Command } from "commander";
import { OPTION_VALUE_INVALID } from "../../catalogue/commands/option-refusals";
import {
  FILE_NOT_REVIEWED,
  PLAN_NOT_REVIEWED,
  QUARANTINE_TAKEN_AWAY,
} from "../../catalogue/commands/terraform-refusals";
import { reasonOf } from "../../findings/describe-error";
import { Refusal } from "../../findings/refusal";
import { contentDigest } from "../../review/digest";
import { filesOfPlan } from "../../review/files-of-plan";
import { quarantinesTakenAway } from "../../review/quarantine-in-plan";
import { FILE_UNREADABLE } from "../../sources/resource/source-refusals";
import type { CommandContext, CommandModule } from "../command";
import { type ExitCode, exitCodes } from "../exit-codes";
import { TerraformError } from "../terraform";

/** `iam-baseline apply-reviewed`: applies exactly the plan that was reviewed, or nothing. */
export const command: CommandModule = { configure, run };

const DIGEST = /^sha256:[0-9a-f]{64}$/;
/** Bytes of a plan as JSON. */
const LARGEST_PLAN = 1 << 30;

function configure(command: Command): void {
  command
    .description("Applies a saved plan only if its content is what a review saw.")
    .requiredOption("--plan-file <file>", "the saved plan: terraform plan -out FILE")
    .requiredOption("--digest <sha256>", "digest that the review printed: sha256:...")
    .option("--directory <dir>", "folder of the stack, where terraform was initialized", ".")
    .option("--terraform <binary>", "terraform or tofu (default: $TERRAFORM_BINARY_NAME, or terraform)")
    .option("--despite-quarantine", "although it takes a quarantine of AWS's away from a user")
    .addHelpText(
      "after",
      `
Exit codes: 0 applied, 1 refused or failed.

Example:
  iam-baseline apply-reviewed --directory cdktf.out/stacks/prod-identity --plan-file plan --digest sha256:...`,
    );
}

async function run(
  options: Readonly<Record<string, unknown>>,
  _args: readonly string[],
  context: CommandContext,
): Promise<ExitCode> {
  const expected = String(options["digest"]).toLowerCase();
  if (!DIGEST.test(expected)) {
    throw new Refusal(OPTION_VALUE_INVALID, {
      where: "--digest",
      expected: "sha256: and 64 hexadecimal digits",
      got: `"${expected}"`,
      remedy: "copy it from the review",
    });
  }
  const directory = resolve(context.directory, String(options["directory"]));
  const planFile = resolve(directory, String(options["planFile"]));
  const binary = String(
    options["terraform"] ?? context.environmentVariables["TERRAFORM_BINARY_NAME"] ?? "terraform",
  );
  // what is shown must be what is applied: nobody else can write into the copy
  const folder = mkdtempSync(join(tmpdir(), "iam-baseline-apply-"));
  try {
    const copy = join(folder, "plan");
    copyPlan(planFile, copy);
    const terraform = (...args: readonly string[]) => runTerraform(binary, args, directory, context);
    const shown = terraform("show", "-json", "-no-color", copy);
    const plan = planOf(shown, planFile);
    const actual = contentDigest(plan);
    if (actual !== expected) {
      throw new Refusal(PLAN_NOT_REVIEWED, {
        where: planFile,
        expected: `the reviewed plan ${expected}`,
        got: actual,
        remedy: "nothing was applied: review this plan, or apply the one that was reviewed",
      });
    }
    refuseOtherFiles(plan, directory);
    if (options["despiteQuarantine"] !== true) refuseQuarantine(plan, planFile);
    context.output.progress(`${actual}: the plan is the reviewed one; applying it`);
    const applied = terraform("apply", "-input=false", "-no-color", copy);
    context.output.result(applied.stdout);
    if (applied.status !== 0) throw failed(`${binary} apply`, applied);
    return exitCodes.clean;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Terraform uploads what lies at a path, whatever hash the plan says. A file whose hash the plan does not say is not judged. */
function refuseOtherFiles(plan: unknown, directory: string): void {
  for (const { address, path, sha256 } of filesOfPlan(plan)) {
    if (sha256 === undefined) continue;
    const file = resolve(directory, path);
    const actual = existsSync(file)
      ? createHash("sha256").update(readFileSync(file)).digest("base64")
      : undefined;
    if (actual === sha256) continue;
    throw new Refusal(FILE_NOT_REVIEWED, {
      where: file,
      expected: `the content that ${address} was planned with`,
      got: actual === undefined ? "no file" : "another one",
      remedy: "nothing was applied: synthesize again, and review the new plan",
    });
  }
}

function refuseQuarantine(plan: unknown, planFile: string): void {
  const [lost] = quarantinesTakenAway(plan);
  if (lost === undefined) return;
  throw new Refusal(QUARANTINE_TAKEN_AWAY, {
    where: planFile,
    expected: "a plan that leaves quarantines of AWS's in place",
    got: `one that takes ${lost.policy} away from user ${lost.userName}`,
    remedy: `nothing was applied: end the key first (baseline respond ${lost.userName}), or write --despite-quarantine`,
  });
}

function copyPlan(from: string, to: string): void {
  try {
    copyFileSync(from, to);
  } catch (cause) {
    const reason = reasonOf(cause);
    throw new Refusal(
      FILE_UNREADABLE,
      {
        where: `--plan-file ${from}`,
        expected: "a saved plan",
        got: reason.replace(/,? copyfile .*$/, ""),
        remedy: "make it with terraform plan -out FILE; a relative path starts at --directory",
      },
      { cause },
    );
  }
}

function runTerraform(
  binary: string,
  args: readonly string[],
  cwd: string,
  { environmentVariables }: CommandContext,
): SpawnSyncReturns<string> {
  const result = spawnSync(binary, args, {
    cwd,
    encoding: "utf8",
    env: { ...environmentVariables, TF_IN_AUTOMATION: "1" },
    maxBuffer: LARGEST_PLAN,
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (result.error !== undefined) {
    throw new TerraformError(
      `${binary}: expected a program that runs, got ${result.error.message}; install it or give --terraform`,
      {
        cause: result.error,
      },
    );
  }
  return result;
}

function planOf(shown: SpawnSyncReturns<string>, planFile: string): unknown {
  if (shown.status !== 0) throw failed(`${planFile}: terraform show`, shown);
  try {
    return JSON.parse(shown.stdout);
  } catch (cause) {
    throw new TerraformError(
      `${planFile}: expected a plan as JSON from terraform show -json, got something else`,
      { cause },
    );
  }
}

function failed(what: string, { status, stderr }: SpawnSyncReturns<string>): TerraformError {
  return new TerraformError(`${what} failed with ${status ?? "a signal"}: ${stderr.trim().slice(0, 2_000)}`);
}
