import type { EnvironmentInput } from "../environment/environment";
import { environmentNotes } from "../environment/environment-notes";
import { Refusal } from "../findings/refusal";
import { formatDeclared } from "../proofs/format-proofs";
import { requireProofs } from "../proofs/prove-stacks";
import { validateBaseline } from "../proofs/validate-baseline";
import { AccessSourceError } from "../sources/resource/access-source-error";
import { addBaseline } from "./baseline";
import { synthesize } from "./synthesize";

export interface BaselineSettings {
  /** Every environment: stacks of those that are missing leave the outdir. */
  readonly environments: readonly EnvironmentInput[];
  /** @default the environment variable `CDKTF_OUTDIR`, which `cdktf` sets, or `cdktf.out` */
  readonly outdir?: string;
  /** The day on which exceptions end and daylight-saving changes lie ahead. @default the present */
  readonly now?: Date;
}

export interface SynthesizedBaseline {
  /** What is not wrong and should be known: weaknesses that are declared, accepted exceptions, and those that match nothing. */
  readonly notes: readonly string[];
}

/**
 * All that a main.ts does: validates the environments, adds their stacks, proves them, and writes the outdir. Where
 * something is refused, no stack in the outdir has changed.
 *
 * @throws InvalidEnvironmentsError, RefusedDocumentsError, BrokenProofsError: see {@link isRefusal}
 */
export function synthesizeBaseline({
  environments,
  outdir,
  now = new Date(),
}: BaselineSettings): SynthesizedBaseline {
  const valid = validateBaseline(environments, now);
  let notes: readonly string[] = [];
  synthesize({
    outdir: outdir ?? process.env["CDKTF_OUTDIR"] ?? "cdktf.out",
    build: (app) => addBaseline(app, valid),
    check: (stacks) => {
      const declared = formatDeclared(requireProofs(stacks, valid, now));
      notes = [
        ...(declared === "" ? [] : declared.split("\n")),
        ...valid.flatMap((environment) => environmentNotes(environment, now)),
      ];
    },
  });
  return { notes };
}

/** Whether an error is an answer to what environments say, whole in its message; any other is a fault. */
export function isRefusal(error: unknown): error is Refusal {
  // what was just synthesized can be read as what it is: where not, it is our mistake
  return error instanceof Refusal && !(error instanceof AccessSourceError);
}
