import { DRIFT_RULES } from "../drift/drift-rules";
import { ACCEPTANCE_EXPIRED, ACCEPTANCE_UNUSED } from "../findings/acceptance";
import type { RuleDeclaration } from "../findings/rule";

/**
 * Every rule of the product, by area. Each room lists its own beside its judges; a rule that is on no list fails
 * `test/catalogue`.
 */
export const RULES: readonly RuleDeclaration[] = [ACCEPTANCE_EXPIRED, ACCEPTANCE_UNUSED, ...DRIFT_RULES];

const byId = new Map(RULES.map((rule) => [rule.id, rule]));

/** The declaration of a rule, or nothing where no rule has that id. */
export function ruleOf(id: string): RuleDeclaration | undefined {
  return byId.get(id);
}
