/** A stack's configuration, as Terraform's JSON syntax says it. */
export type Json = Readonly<Record<string, unknown>>;

/** What is exported of one stack. */
export interface ExportedStack {
  /** Stack id, `<environment>-<stack>`: the name of its folder. */
  readonly name: string;
  readonly configuration: Json;
  /** Paths of nested blocks (`target.retry_policy`) by element: `resource.aws_scheduler_schedule.nightly`, `provider.aws`. */
  readonly blocks: Readonly<Record<string, readonly string[]>>;
  /** Path of the local state from the exported folder, where the state is a file. */
  readonly statePath?: string;
  /** Content of a lock file, where the project has one. */
  readonly lock?: string;
}

/** Exported files of one stack by name. */
export type ExportedFiles = Readonly<Record<string, string>>;

/** The configuration without what only CDKTF reads, with the state where it was. */
export function withoutCdktf({ configuration, statePath }: ExportedStack): Json {
  const { "//": _metadata, ...rest } = configuration;
  const terraform = { ...(rest["terraform"] as Json) };
  const backend = terraform["backend"] as Json | undefined;
  if (statePath !== undefined && backend?.["local"] !== undefined) {
    terraform["backend"] = { local: { ...(backend["local"] as Json), path: statePath } };
  }
  return { ...rest, terraform };
}

/** Drops `"//"`, which holds cdktf's metadata, from everything below. */
export function withoutComments(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutComments);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== "//")
      .map(([key, one]) => [key, withoutComments(one)]),
  );
}
