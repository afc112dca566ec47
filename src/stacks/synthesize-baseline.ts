import type { Environment, EnvironmentInput } from "../environment/environment";
import { environmentNotes } from "../environment/environment-notes";
import { Refusal } from "../findings/refusal";
import { formatBrokenProofs, formatDeclared } from "../proofs/format-proofs";
import { proveStacks, requireProofs } from "../proofs/prove-stacks";
import { InvalidEnvironmentsError, validateBaseline } from "../proofs/validate-baseline";
import { AccessSourceError } from "../sources/resource/access-source-error";
import { addBaseline } from "./baseline";
import { renderedStacks, synthesize } from "./synthesize";

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
  const valid = validated(environments, now);
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

/** Where environments are wrong and can be synthesized all the same, what the proofs say is told in one go. */
function validated(environments: readonly EnvironmentInput[], now: Date): readonly Environment[] {
  try {
    return validateBaseline(environments, now);
  } catch (error) {
    if (!(error instanceof InvalidEnvironmentsError) || error.read.length === 0) throw error;
    throw new InvalidEnvironmentsError(error.violations, error.read, besides(error.read, now));
  }
}

function besides(environments: readonly Environment[], now: Date): string {
  try {
    const { broken } = proveStacks(
      renderedStacks((app) => addBaseline(app, environments)),
      environments,
      now,
    );
    return broken.length === 0
      ? ""
      : `\n\nBesides, not proven of them as they are:\n\n${formatBrokenProofs(broken)}`;
  } catch {
    // what is wrong keeps them from being synthesized: the proofs follow once it is mended
    return "";
  }
}

/** Whether an error is an answer to what environments say, whole in its message; any other is a fault. */
export function isRefusal(error: unknown): error is Refusal {
  // what was just synthesized can be read as what it is: where not, it is our mistake
  return error instanceof Refusal && !(error instanceof AccessSourceError);
}
