import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { TERRAFORM_FAILED } from "../catalogue/commands/terraform-refusals";
import { redact } from "../findings/mask";
import { printable } from "../findings/printable";
import { Refusal } from "../findings/refusal";

export interface TerraformSettings {
  /** Folder of a synthesized stack. */
  readonly directory: string;
  readonly environmentVariables: Readonly<Record<string, string | undefined>>;
  /** Milliseconds for each of the three steps. @default 15 minutes */
  readonly timeoutMs?: number;
  /** Told every second what is being run: `terraform plan`. */
  readonly onProgress?: (what: string) => void;
}

/** The one thing that went wrong between a stack and its plan. Never to be taken for "no drift". */
export class TerraformError extends Refusal {
  override readonly name = "TerraformError";

  constructor(message: string, options?: ErrorOptions) {
    super(TERRAFORM_FAILED, message, options);
  }
}

const TIMEOUT_MS = 15 * 60_000;
const BEAT_MS = 1_000;
const MOST_COMPLAINT = 2_000;
/** A plan of 512 MB is beyond what can be parsed as one text. */
const MOST_OUTPUT = 500_000_000;

/**
 * A plan of a stack, parsed: `init`, `plan` and `show`, and nothing else. It takes no lock and writes no state: only the
 * folder's `.terraform` is made, and the plan, which holds values in clear, lies in a private temporary folder until it
 * is read. `TF_CLI_ARGS...` are left out, as they could make a plan into another one.
 *
 * @returns the output of `terraform show -json`, parsed
 * @throws TerraformError naming the step and Terraform's own words
 * @see https://developer.hashicorp.com/terraform/cli/commands/plan#detailed-exitcode
 */
export async function readOnlyPlan(settings: TerraformSettings): Promise<unknown> {
  const folder = await mkdtemp(join(tmpdir(), "iam-baseline-plan-"));
  const file = join(folder, "plan");
  try {
    const hasLockFile = existsSync(join(settings.directory, ".terraform.lock.hcl"));
    await step(
      settings,
      ["init", "-input=false", "-no-color", ...(hasLockFile ? ["-lockfile=readonly"] : [])],
      [0],
    );
    await step(
      settings,
      ["plan", "-input=false", "-no-color", "-lock=false", "-detailed-exitcode", `-out=${file}`],
      [0, 2],
    );
    const text = await step(settings, ["show", "-json", "-no-color", file], [0]);
    try {
      return JSON.parse(text) as unknown;
    } catch (cause) {
      throw new TerraformError(`${binaryOf(settings)} show -json: expected JSON, got something else`, {
        cause,
      });
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Terraform, or what `TERRAFORM_BINARY_NAME` names (`tofu`), as for cdktf. */
export function binaryOf({ environmentVariables }: Pick<TerraformSettings, "environmentVariables">): string {
  return environmentVariables["TERRAFORM_BINARY_NAME"] || "terraform";
}

type Step = readonly ["init" | "plan" | "show", ...string[]];

function step(settings: TerraformSettings, args: Step, expected: readonly number[]): Promise<string> {
  const binary = binaryOf(settings);
  const [command] = args;
  const limit = settings.timeoutMs ?? TIMEOUT_MS;
  return new Promise((resolve, reject) => {
    const child = spawn(binary, args, {
      cwd: settings.directory,
      env: variablesOf(settings.environmentVariables),
      stdio: ["ignore", "pipe", "pipe"],
    });
    const output: Buffer[] = [];
    let size = 0;
    let complaint = "";
    const fail = (text: string, cause?: unknown) => {
      clearTimeout(timer);
      clearInterval(beat);
      child.kill("SIGKILL");
      reject(new TerraformError(`${binary} ${command}: ${text}`, { cause }));
    };
    const timer = setTimeout(() => fail(`no end after ${limit / 1000} s`), limit);
    const beat = setInterval(() => settings.onProgress?.(`${basename(binary)} ${command}`), BEAT_MS);
    child.stdout.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > MOST_OUTPUT) fail(`more than ${MOST_OUTPUT} bytes of output`);
      else output.push(chunk);
    });
    child.stderr.on("data", (chunk: Buffer) => {
      complaint = (complaint + chunk.toString("utf8")).slice(0, MOST_COMPLAINT);
    });
    child.on("error", (error: NodeJS.ErrnoException) => {
      fail(
        error.code === "ENOENT"
          ? "not found; install it, or name another by TERRAFORM_BINARY_NAME"
          : error.message,
        error,
      );
    });
    child.on("close", (code) => {
      clearTimeout(timer);
      clearInterval(beat);
      if (code !== null && expected.includes(code)) return resolve(Buffer.concat(output).toString("utf8"));
      reject(new TerraformError(`${binary} ${command}: exit code ${code ?? "none"}: ${shown(complaint)}`));
    });
  });
}

function variablesOf(variables: TerraformSettings["environmentVariables"]): Record<string, string> {
  const kept = Object.entries(variables).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith("TF_CLI_ARGS"),
  );
  return { ...Object.fromEntries(kept), TF_IN_AUTOMATION: "1", TF_INPUT: "0" };
}

/** Terraform's frames and line breaks, as one line. */
function shown(complaint: string): string {
  const text = complaint
    .replace(/[\u2500-\u257f]/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return printable(redact(text === "" ? "it said nothing" : text));
}
