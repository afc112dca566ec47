import { parse } from "yaml";

type Settings = Readonly<Record<string, unknown>>;

export interface Step {
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Settings;
  readonly env?: Settings;
}

export interface Job {
  readonly if?: string;
  readonly uses?: string;
  readonly environment?: unknown;
  readonly permissions?: Readonly<Record<string, string>> | string;
  readonly "runs-on"?: string;
  readonly "timeout-minutes"?: number;
  readonly steps?: readonly Step[];
}

/** A workflow file, and its text. */
export interface Workflow {
  readonly text: string;
  readonly on: Settings;
  readonly permissions: unknown;
  readonly jobs: readonly (readonly [name: string, job: Job])[];
}

/** Reads a workflow. Jobs and steps are what GitHub's schema says; nothing else is checked here. */
export function readWorkflow(text: string): Workflow {
  const {
    on,
    jobs,
    permissions,
  }: { on: unknown; jobs: Readonly<Record<string, Job>>; permissions: unknown } = parse(text);
  return { text, on: triggers(on), permissions, jobs: Object.entries(jobs) };
}

function triggers(on: unknown): Settings {
  if (typeof on === "string") return { [on]: null };
  if (Array.isArray(on)) return Object.fromEntries(on.map((name) => [String(name), null]));
  return on as Settings;
}
