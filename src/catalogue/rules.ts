import { DRIFT_RULES } from "../drift/drift-rules";
import { ACCEPTANCE_EXPIRED, ACCEPTANCE_UNUSED } from "../findings/acceptance";
import type { RuleDeclaration } from "../findings/rule";
import { REVIEW_RULES } from "../review/rules/rules";

/**
 * Every rule of the product, by area. Each room lists its own beside its judges; a rule that is on no list fails
 * `test/catalogue`.
 */
export const RULES: readonly RuleDeclaration[] = [
  ACCEPTANCE_EXPIRED,
  ACCEPTANCE_UNUSED,
  ...REVIEW_RULES,
  ...DRIFT_RULES,
];

/**
 * Declarations of rules with that id: several where what a review tells of a change is what drift tells of the account.
 */
export function rulesOf(id: string): readonly RuleDeclaration[] {
  return RULES.filter((rule) => rule.id === id);
}
