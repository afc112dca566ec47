import type { DecidingStatement, Decision } from "../../iam/decision";
import type { AccessRequest } from "../../iam/request";

/** A proof that does not hold, with who could do what. */
export interface BrokenProof {
  /** Id of the proof's declaration: `ci-stays-in-ci`. */
  readonly proof: string;
  /** The escalation method, for `no-privilege-escalation`. */
  readonly method?: string;
  readonly environment: string;
  /** What it is about: `user/laptop`, `role/daily`, `group/developers`. */
  readonly subject: string;
  /** One sentence: what is so and must not be. */
  readonly message: string;
  readonly counterexample?: Counterexample;
  /** Where a person declares what it is about: `environments/prod.ts: roles.daily`; what grants it besides, after that. */
  readonly places?: readonly string[];
  /** What to change in the environment's file. */
  readonly remedy: string;
  /** What is not known, where that alone keeps the proof from holding. */
  readonly unknowns: readonly string[];
}

/** A request that is answered otherwise than it must be. */
export interface Counterexample {
  readonly request: AccessRequest;
  readonly effect: Decision["effect"];
  readonly because: string;
  readonly through: readonly DecidingStatement[];
}

/** What weakens the baseline by declaration, and is therefore listed in every report. */
export interface DeclaredWeakness {
  readonly environment: string;
  readonly subject: string;
  readonly message: string;
  /** Where a person declares it: `roles.daily.trust.networks`. Absent where it is not one place. */
  readonly declaredAt?: string;
}

/** What an environment lets stand, until a day. */
export interface AcceptedProof {
  readonly broken: BrokenProof;
  readonly reason: string;
  /** `YYYY-MM-DD`, UTC. */
  readonly expires: string;
}

export interface ProofReport {
  readonly broken: readonly BrokenProof[];
  readonly accepted: readonly AcceptedProof[];
  readonly declared: readonly DeclaredWeakness[];
  /** Exceptions that match nothing, and what else a reader should know. */
  readonly notes: readonly string[];
  /** Questions that were asked: a measure of cost. */
  readonly questions: number;
}

/** `no-privilege-escalation/iam:CreatePolicyVersion`, or the proof alone. */
export function findingOf({ proof, method }: BrokenProof): string {
  return method === undefined ? proof : `${proof}/${method}`;
}
