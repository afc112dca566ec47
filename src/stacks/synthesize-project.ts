import { readFileSync } from "node:fs";
import type { EnvironmentInput } from "../environment/environment";
import { loadFault } from "../environment/load-fault";
import { redact } from "../findings/mask";
import { printable } from "../findings/printable";
import { formatRefusal, Refusal } from "../findings/refusal";
import { type BaselineSettings, isRefusal, synthesizeBaseline } from "./synthesize-baseline";

/** What a main.ts tells its caller. */
export interface ProjectSynthesis {
  /** Lines for standard error, ready to be printed: ids are masked, and nothing in them steers a terminal. */
  readonly messages: readonly string[];
  /** 0: the outdir was written. 1: it is as it was. */
  readonly exitCode: 0 | 1;
}

/** What `environments/index.ts` exports. */
interface EnvironmentsModule {
  readonly environments: readonly EnvironmentInput[];
}

/**
 * All that a main.ts does: loads the environments, synthesizes them, and words what went wrong. Faults of the files
 * that are loaded, such as a syntax error, are told with file and line; so they are loaded here, and not before.
 *
 * @param load `() => import("./environments/index.js")`
 */
export async function synthesizeProject(
  load: () => Promise<EnvironmentsModule>,
  settings: Omit<BaselineSettings, "environments"> = {},
): Promise<ProjectSynthesis> {
  try {
    const { environments } = await load().catch((cause) => {
      throw loadFault(cause, { file: "environments/index.ts", folder: process.cwd(), read: textOf });
    });
    const { notes } = synthesizeBaseline({ ...settings, environments });
    return { messages: notes.map(shown), exitCode: 0 };
  } catch (error) {
    return { messages: [shown(words(error))], exitCode: 1 };
  }
}

function words(error: unknown): string {
  if (error instanceof Refusal && isRefusal(error)) return formatRefusal(error);
  const { message, stack = "" } = error instanceof Error ? error : { message: String(error) };
  return process.env["IAM_BASELINE_DEBUG"] === undefined
    ? `error: ${message}\n(unexpected: please report it; IAM_BASELINE_DEBUG=1 shows where)`
    : `error: ${message}\n${stack}`;
}

/** Messages quote what others wrote. */
const shown = (text: string) => redact(text).split("\n").map(printable).join("\n");

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
