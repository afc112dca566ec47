import { spawn } from "node:child_process";
import { resolve } from "node:path";

/** One entry of `resource_changes` in `terraform show -json`, as far as it is read here. */
export interface PlannedChange {
  readonly address: string;
  readonly type: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Readonly<Record<string, unknown>> | null;
    readonly after: Readonly<Record<string, unknown>> | null;
  };
}

export interface Plan {
  /** What `-detailed-exitcode` answered: whether anything is to be changed. */
  readonly hasChanges: boolean;
  /** Every change but `no-op`. */
  readonly changes: readonly PlannedChange[];
  /** Outputs that would change. */
  readonly outputs: readonly string[];
  /** The plan as `terraform show -json` prints it. */
  readonly json: string;
}

/** A terraform command that failed, with everything that it printed. */
export class TerraformError extends Error {
  constructor(
    readonly command: string,
    readonly exitCode: number | null,
    readonly output: string,
  ) {
    super(`terraform ${command} ended with exit code ${exitCode}:\n${output.trim()}`);
    this.name = "TerraformError";
  }
}

const PLAN_FILE = "e2e.plan";
/** A command that the emulator answers takes seconds; the download of the providers takes longer. */
const TIMEOUT_MS = 10 * 60_000;

/** What terraform may know of the person who runs it: never an AWS profile, a workspace or extra arguments. */
const INHERITED =
  /^(PATH|Path|HOME|USERPROFILE|APPDATA|LOCALAPPDATA|SystemRoot|TEMP|TMP|TMPDIR|LANG|LC_ALL|SSL_CERT_FILE|SSL_CERT_DIR|TF_PLUGIN_CACHE_DIR|TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE|TF_REGISTRY_.*|TF_TOKEN_.*|XDG_.*|(HTTPS?|NO|ALL)_PROXY|(https?|no|all)_proxy)$/;

/** The terraform binary (`TERRAFORM_BINARY_NAME`, else `terraform`) in the folder of one synthesized stack. */
export class Terraform {
  readonly binary = process.env["TERRAFORM_BINARY_NAME"] || "terraform";
  private readonly environment: Record<string, string>;

  /**
   * @param directory the stack's folder, with its `cdk.tf.json`
   * @param aws the variables that lead to the emulator
   */
  constructor(
    private readonly directory: string,
    aws: Readonly<Record<string, string>>,
  ) {
    const { TF_CLI_CONFIG_FILE: configuration } = process.env;
    this.environment = {
      ...Object.fromEntries(
        Object.entries(process.env).filter(
          (entry): entry is [string, string] => INHERITED.test(entry[0]) && entry[1] !== undefined,
        ),
      ),
      ...(configuration && { TF_CLI_CONFIG_FILE: resolve(configuration) }),
      ...aws,
      TF_IN_AUTOMATION: "1",
      TF_INPUT: "0",
      CHECKPOINT_DISABLE: "1",
    };
  }

  async version(): Promise<string> {
    const { terraform_version } = JSON.parse((await this.run("version", ["-json"])).stdout);
    return String(terraform_version);
  }

  async init(): Promise<void> {
    await this.run("init", ["-input=false", "-no-color"]);
  }

  async validate(): Promise<void> {
    await this.run("validate", ["-no-color"]);
  }

  async plan(): Promise<Plan> {
    const { exitCode } = await this.run(
      "plan",
      ["-input=false", "-no-color", "-detailed-exitcode", `-out=${PLAN_FILE}`],
      [0, 2],
    );
    const json = (await this.run("show", ["-json", "-no-color", PLAN_FILE])).stdout;
    const { resource_changes = [], output_changes = {} } = JSON.parse(json) as {
      resource_changes?: PlannedChange[];
      output_changes?: Record<string, { actions: string[] }>;
    };
    const real = ({ actions }: { readonly actions: readonly string[] }) => actions.join() !== "no-op";
    return {
      hasChanges: exitCode === 2,
      changes: resource_changes.filter(({ change }) => real(change)),
      outputs: Object.keys(output_changes).filter((name) => {
        const output = output_changes[name];
        return output !== undefined && real(output);
      }),
      json,
    };
  }

  /** Applies the very plan that `plan` made last. */
  async apply(): Promise<void> {
    await this.run("apply", ["-input=false", "-no-color", PLAN_FILE]);
  }

  async destroy(): Promise<void> {
    await this.run("destroy", ["-input=false", "-no-color", "-auto-approve"]);
  }

  /** Addresses in the state. */
  async stateList(): Promise<readonly string[]> {
    const { stdout } = await this.run("state", ["list"]);
    return stdout.split("\n").filter((line) => line !== "");
  }

  async outputs(): Promise<{ readonly json: string; readonly values: Readonly<Record<string, unknown>> }> {
    const json = (await this.run("output", ["-json", "-no-color"])).stdout;
    const parsed = JSON.parse(json) as Record<string, { value: unknown }>;
    const values = Object.fromEntries(Object.entries(parsed).map(([name, { value }]) => [name, value]));
    return { json, values };
  }

  private run(
    command: string,
    args: readonly string[],
    accepted: readonly number[] = [0],
  ): Promise<{ readonly exitCode: number; readonly stdout: string }> {
    return new Promise((resolve, reject) => {
      const child = spawn(this.binary, [command, ...args], {
        cwd: this.directory,
        env: this.environment,
        stdio: ["ignore", "pipe", "pipe"],
      });
      // not the option `timeout`: its timer outlives a program that could not be started
      const timer = setTimeout(() => child.kill("SIGKILL"), TIMEOUT_MS);
      let stdout = "";
      let stderr = "";
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        stdout += text;
      });
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        stderr += text;
      });
      child.once("error", (error) => {
        clearTimeout(timer);
        reject(new TerraformError(command, null, error.message));
      });
      child.once("close", (exitCode) => {
        clearTimeout(timer);
        if (exitCode !== null && accepted.includes(exitCode)) resolve({ exitCode, stdout });
        else reject(new TerraformError(command, exitCode, `${stdout}\n${stderr}`));
      });
    });
  }
}
