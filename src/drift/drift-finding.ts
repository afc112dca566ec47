import { environmentFile as fileOf } from "../environment/source-file";
import type { Finding } from "../findings/finding";

/** Where CloudTrail may tell who did it. */
export interface Trail {
  /** As CloudTrail lists it: a name, for policies the ARN; absent for settings of the account. */
  readonly resourceName?: string;
  readonly events: readonly string[];
}

/** A finding, and where to ask who did it. */
export interface DriftFinding extends Finding {
  readonly trail?: Trail;
}

/** What wording needs to know of the environment. */
export interface DriftWording {
  readonly environment: string;
  /** Networks that are called "the allowed networks". */
  readonly allowedNetworks: readonly string[];
  /** The stack that declares a principal or policy, by its address: `personal-identity`. */
  readonly stackOf: (address: string) => string | undefined;
}

/** The file that a person edits. */
export function environmentFile({ environment }: Pick<DriftWording, "environment">): string {
  return fileOf(environment);
}
