import { existsSync, readFileSync, statSync } from "node:fs";
import { get } from "node:https";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import type { Answer, ProgramVersions, StateFact } from "../../doctor/facts";
import type { Environment } from "../../environment/environment";
import { reasonOf } from "../../findings/describe-error";
import type { CommandContext } from "../command";
import { runQuietly } from "./quiet-program";

/** What of this machine the doctor asks; tests put their own in its place. */
export interface Machine {
  /** First lines of what a program prints; undefined: it is not there. */
  readonly run: (command: string, args: readonly string[]) => Promise<string | undefined>;
  /** Text of a page, over IPv4 or IPv6 alone. @throws where it does not come */
  readonly page: (url: string, family: 4 | 6) => Promise<string>;
}

export const thisMachine = (context: CommandContext): Machine => ({
  run: (command, args) => runQuietly(command, args, context),
  page,
});

/** The versions of the programs that the baseline is used with. */
export async function programVersions(machine: Machine, directory: string): Promise<ProgramVersions> {
  const asked = async (command: string, args: readonly string[]) => {
    const text = await machine.run(command, args);
    return text === undefined ? undefined : (/\d+\.\d+(?:\.\d+)?/.exec(text)?.[0] ?? text.slice(0, 40));
  };
  const [terraform, tofu, vault, aws] = await Promise.all([
    asked("terraform", ["version"]),
    asked("tofu", ["version"]),
    asked("aws-vault", ["--version"]),
    asked("aws", ["--version"]),
  ]);
  return {
    node: process.versions.node,
    terraform,
    tofu,
    cdktf: installed("cdktf-cli", directory),
    cdktn: installed("cdktn-cli", directory),
    "aws-vault": vault,
    aws,
  };
}

/** Version of a package of the project; starting the program itself would take seconds. */
function installed(name: string, directory: string): string | undefined {
  try {
    const file = createRequire(join(resolve(directory), "package.json")).resolve(`${name}/package.json`);
    return (JSON.parse(readFileSync(file, "utf8")) as { version?: string }).version;
  } catch {
    return undefined;
  }
}

/** The address that the Internet sees, asked of AWS. */
export async function publicAddress(machine: Machine, family: 4 | 6): Promise<Answer<string>> {
  const url = family === 4 ? "https://checkip.amazonaws.com" : "https://checkip.global.api.aws";
  try {
    const text = (await machine.page(url, family)).trim();
    return { known: text };
  } catch (error) {
    return { notChecked: `IPv${family} address: ${url} gave none (${reasonOf(error)})` };
  }
}

/** How a local state lies. */
export function localState(environment: Environment, context: CommandContext): StateFact | undefined {
  const { backend, name } = environment;
  if (backend.type !== "local") return undefined;
  const place = join(backend.directory, `${name}-identity.tfstate`);
  const file = resolve(context.directory, place);
  const folder = resolve(file, "..");
  const lock = join(folder, `.${name}-identity.tfstate.lock.info`);
  const exists = existsSync(file);
  return {
    place,
    exists,
    ...(exists && { changed: statSync(file).mtime.toISOString() }),
    ...(existsSync(lock) && { lockedBy: whoOf(lock) }),
  };
}

/** Terraform writes who took the lock, and when. */
function whoOf(lock: string): string {
  try {
    const { Who, Created } = JSON.parse(readFileSync(lock, "utf8")) as Record<string, unknown>;
    return `${String(Who)} since ${String(Created)}`;
  } catch {
    return "by somebody, its lock file does not say by whom";
  }
}

const MOST_BYTES = 1_000;
const PATIENCE_MS = 4_000;

function page(url: string, family: 4 | 6): Promise<string> {
  return new Promise((done, fail) => {
    const request = get(url, { family, timeout: PATIENCE_MS }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
        if (text.length > MOST_BYTES) request.destroy(new Error("an answer that is too long"));
      });
      response.on("end", () =>
        response.statusCode === 200 ? done(text) : fail(new Error(`HTTP ${response.statusCode}`)),
      );
    });
    request.on("timeout", () => request.destroy(new Error(`no answer in ${PATIENCE_MS / 1000} s`)));
    request.on("error", fail);
  });
}
