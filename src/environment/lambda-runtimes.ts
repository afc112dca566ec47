/** What AWS does with a Lambda runtime, and when. Days are `YYYY-MM-DD`. */
export interface LambdaRuntime {
  /** From this day on AWS mends nothing in it any more. */
  readonly deprecated: string;
  /** From this day on AWS refuses to make functions of it. */
  readonly blocksCreate: string;
  /** From this day on AWS refuses to change functions of it. */
  readonly blocksUpdate: string;
}

/**
 * The runtimes that functions of the baseline run on, newest last. AWS moves these days sometimes, never forward by much.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html as of 2026-09
 */
export const LAMBDA_RUNTIMES = {
  "nodejs20.x": { deprecated: "2026-04-30", blocksCreate: "2026-08-31", blocksUpdate: "2026-09-30" },
  "nodejs22.x": { deprecated: "2027-04-30", blocksCreate: "2027-06-01", blocksUpdate: "2027-07-01" },
  "nodejs24.x": { deprecated: "2028-04-30", blocksCreate: "2028-06-01", blocksUpdate: "2028-07-01" },
} as const satisfies Readonly<Record<string, LambdaRuntime>>;

export type LambdaRuntimeName = keyof typeof LAMBDA_RUNTIMES;

export const LAMBDA_RUNTIME_NAMES = Object.keys(LAMBDA_RUNTIMES) as [
  LambdaRuntimeName,
  ...LambdaRuntimeName[],
];

/** What the functions run on where an environment does not say. */
export const DEFAULT_RUNTIME: LambdaRuntimeName = "nodejs24.x";

/** How long before its end a runtime is told of. */
const WARNING_DAYS = 180;

export type RuntimeState =
  | { readonly state: "supported" }
  /** Works, and ends soon or is not mended any more. */
  | { readonly state: "ends"; readonly because: string }
  /** AWS refuses to make a function of it. */
  | { readonly state: "blocked"; readonly because: string };

/** How it stands with a runtime on a day. */
export function runtimeState(name: LambdaRuntimeName, now: Date): RuntimeState {
  const { deprecated, blocksCreate, blocksUpdate } = LAMBDA_RUNTIMES[name];
  const today = dayOf(now);
  if (today >= blocksCreate) {
    return {
      state: "blocked",
      because: `AWS makes no function of it since ${blocksCreate}, and ${today >= blocksUpdate ? `changes none since ${blocksUpdate}` : `changes none from ${blocksUpdate} on`}`,
    };
  }
  const soon = dayOf(new Date(now.getTime() + WARNING_DAYS * 86_400_000));
  if (soon < deprecated) return { state: "supported" };
  return {
    state: "ends",
    because: `AWS mends it until ${deprecated}, makes no function of it from ${blocksCreate} on, and changes none from ${blocksUpdate} on`,
  };
}

function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}
