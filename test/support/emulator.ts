import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

const ROOT = join(__dirname, "..", "..");
const PYTHON =
  process.platform === "win32"
    ? join(ROOT, ".venv-emulator", "Scripts", "python.exe")
    : join(ROOT, ".venv-emulator", "bin", "python");

/** The account that the emulator plays. */
export const EMULATOR_ACCOUNT_ID = "123456789012";

/**
 * An AWS emulator (moto) of one test file.
 *
 * One server per file, not one per run: it starts in half a second, listens on a port of its own, and files that run
 * in parallel never see each other's users. It ignores policy conditions, quotas, pagination and MFA codes: never use it
 * to prove what a policy means.
 */
export interface Emulator {
  /** `http://127.0.0.1:PORT`; what `AWS_ENDPOINT_URL` wants. */
  readonly endpoint: string;
  /** What an SDK client's constructor wants: `new IAMClient(emulator.client)`. */
  readonly client: {
    readonly endpoint: string;
    readonly region: "us-east-1";
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  /** Environment variables for a command that talks to the emulator (terraform, the AWS CLI, our own command line). */
  readonly environment: Readonly<Record<string, string>>;
  /** Forgets every resource. 10 ms without the managed policies, 0.7 s with them. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

export interface EmulatorOptions {
  /**
   * Whether the AWS managed policies exist (`MOTO_IAM_LOAD_MANAGED_POLICIES`): needed to attach one, costs 0.7 s.
   * @default true
   */
  readonly managedPolicies?: boolean;
}

/**
 * Starts the emulator and waits until it answers.
 *
 * @throws when the virtual environment is missing (`node scripts/ensure-emulator.mjs` makes it; `npm test` calls that)
 * or the server ends before it listens, with what it wrote.
 */
export async function startEmulator({ managedPolicies = true }: EmulatorOptions = {}): Promise<Emulator> {
  if (!existsSync(PYTHON)) {
    throw new Error(
      "the AWS emulator is not installed (.venv-emulator); run `node scripts/ensure-emulator.mjs` or `npm test`",
    );
  }
  const server = spawn(PYTHON, [join(__dirname, "emulator.py")], {
    stdio: ["pipe", "pipe", "pipe"],
    env: {
      PATH: process.env["PATH"],
      MOTO_IAM_LOAD_MANAGED_POLICIES: String(managedPolicies),
      PYTHONDONTWRITEBYTECODE: "1",
    },
  });
  const endpoint = `http://127.0.0.1:${await portOf(server)}`;
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  return {
    endpoint,
    client: { endpoint, region: "us-east-1", credentials },
    environment: {
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: "us-east-1",
      AWS_DEFAULT_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_EC2_METADATA_DISABLED: "true",
      // Credentials and configuration of the person who runs the tests stay out of them.
      AWS_CONFIG_FILE: join(ROOT, ".venv-emulator", "no-aws-config"),
      AWS_SHARED_CREDENTIALS_FILE: join(ROOT, ".venv-emulator", "no-aws-credentials"),
    },
    reset: async () => {
      const response = await fetch(`${endpoint}/moto-api/reset`, { method: "POST" });
      if (!response.ok) throw new Error(`the AWS emulator did not reset: HTTP ${response.status}`);
    },
    stop: () => stop(server),
  };
}

/** The port that the server prints first; rejects with its standard error when it ends before that. */
function portOf(server: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let complaint = "";
    server.stderr?.on("data", (chunk) => {
      complaint = (complaint + String(chunk)).slice(-4000);
    });
    server.once("error", reject);
    server.once("exit", (code) => {
      reject(new Error(`the AWS emulator ended with exit code ${code} before it listened:\n${complaint}`));
    });
    if (server.stdout === null) return reject(new Error("the AWS emulator has no standard output"));
    createInterface({ input: server.stdout }).once("line", (line) => resolve(Number(line)));
  });
}

function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    server.once("exit", () => resolve());
    server.kill("SIGKILL");
  });
}
