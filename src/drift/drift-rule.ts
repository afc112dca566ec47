import type { RuleDeclaration } from "../findings/rule";
import type { Severity } from "../findings/severity";
import type { AccessGraph } from "../iam/graph";
import type { DriftWording, Trail } from "./drift-finding";

/** How bad a fact is, and what it means. */
export interface Judgement {
  readonly severity: Severity;
  readonly message: string;
  readonly evidence?: readonly string[];
}

/** What rules may ask besides the fact itself. */
export interface DriftContext {
  /** The account as the last deployment left it. */
  readonly declared: AccessGraph;
  /** The account as it is. */
  readonly actual: AccessGraph;
  readonly wording: DriftWording;
}

/** A rule of drift: its declaration, and what it says of one fact. */
export interface DriftRule<Fact, Id extends string = string> {
  readonly declaration: RuleDeclaration<Id>;
  judge(fact: Fact, context: DriftContext): Judgement;
  /** @param isRepaired whether the next apply puts it right */
  remedy(fact: Fact, isRepaired: boolean, wording: DriftWording): string;
  /** Where CloudTrail may tell who did it; nothing where it cannot. */
  trail?(fact: Fact): Trail | undefined;
}

/** A rule about access also says what is so where the configuration waits for its deployment. */
export interface AccessRule<Fact, Id extends string = string> extends DriftRule<Fact, Id> {
  /** `policy guard is to be rewritten` */
  undeployed(fact: Fact): string;
}
