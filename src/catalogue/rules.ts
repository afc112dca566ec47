import { AUDIT_RULES } from "../credentials/audit/audit-rules";
import { DETECTION_RULES } from "../detection/detection-rules";
import { DRIFT_RULES } from "../drift/drift-rules";

import { ACCEPTANCE_EXPIRED, ACCEPTANCE_UNUSED } from "../findings/acceptance";
import type { RuleArea, RuleDeclaration } from "../findings/rule";
import { PROOF_RULES } from "../proofs/proof-rules";
import { WEAKNESS_DECLARED } from "../proofs/world/weaknesses";
import { REVIEW_RULES } from "../review/rules/rules";

/**
 * Every rule of the product, by area. Each room lists its own beside its judges; a rule that is on no list fails
 * `test/catalogue`.
 */
export const RULES: readonly RuleDeclaration[] = [
  ACCEPTANCE_EXPIRED,
  ACCEPTANCE_UNUSED,
  ...PROOF_RULES,
  WEAKNESS_DECLARED,
  ...REVIEW_RULES,
  ...DRIFT_RULES,
  ...AUDIT_RULES,
  ...DETECTION_RULES,
];

/**
 * Declarations of rules with that id: several where what a review tells of a change is what drift tells of the account.
 * A proof is also named with its method behind a slash.
 */
export function rulesOf(id: string): readonly RuleDeclaration[] {
  const [proof = id] = id.split("/");
  const own = RULES.filter((rule) => rule.id === id);
  return own.length > 0 ? own : RULES.filter((rule) => rule.id === proof);
}

/** The rule of that id which an area means; nothing where no area has one. */
export function ruleOf(id: string, area: RuleArea): RuleDeclaration | undefined {
  const rules = rulesOf(id);
  return rules.find((rule) => rule.area === area) ?? rules[0];
}
