import type { DecidingStatement, Effect } from "../iam/decision";
import type { Network } from "../iam/request";

export const ANSWER_SCHEMA_VERSION = 1;

/** May this principal do these actions? What is left open is varied. */
export interface Question {
  /** Name, `environment/name`, ARN or Terraform address of a user or role. */
  readonly principal: string;
  /** Actions by name: patterns are expanded before. */
  readonly actions: readonly string[];
  /** ARN; for sts:AssumeRole also a role's name. Nothing: what the principal's policies name, and another one. */
  readonly resource?: string;
  /** Nothing: without and with MFA, of every age that a condition asks for. */
  readonly mfa?: "none" | { readonly ageSeconds: number };
  /** Nothing: every network that a condition names, and elsewhere. */
  readonly network?: Network;
  readonly viaAwsService?: boolean;
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
  /** Environments to look for the principal in. Nothing: all. */
  readonly environments?: readonly string[];
}

export interface QuestionAnswers {
  readonly schemaVersion: typeof ANSWER_SCHEMA_VERSION;
  readonly principal: { readonly kind: "user" | "role"; readonly name: string; readonly arn: string };
  readonly answers: readonly QuestionAnswer[];
}

/** What is so for one action on one resource. */
export interface QuestionAnswer {
  readonly action: string;
  readonly resource: string;
  /** The question names no resource, and this one stands for those that no policy names. */
  readonly isExample: boolean;
  /** Circumstances that give one decision by the same statements are told together. */
  readonly outcomes: readonly QuestionOutcome[];
}

export interface QuestionOutcome {
  readonly effect: Effect;
  /** `without MFA`, `with MFA at most 1 h old`, `as a role session`. */
  readonly credentials: readonly string[];
  /** CIDRs and VPCs, `elsewhere`, or `anywhere`. */
  readonly from: readonly string[];
  readonly because: string;
  readonly statements: readonly DecidingStatement[];
  readonly unknowns: readonly string[];
}
