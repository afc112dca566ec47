import type { DriftFinding } from "./drift-finding";
import type { DriftContext, DriftRule } from "./drift-rule";

/** The finding of one fact: what its rule says of it. */
export function factFinding<Fact extends { readonly address: string }>(
  rule: DriftRule<Fact>,
  fact: Fact,
  isRepaired: boolean,
  context: DriftContext,
): DriftFinding {
  const { severity, message, evidence = [] } = rule.judge(fact, context);
  const trail = rule.trail?.(fact);
  return {
    rule: rule.declaration.id,
    severity,
    address: fact.address,
    message,
    remedy: rule.remedy(fact, isRepaired, context.wording),
    environment: context.wording.environment,
    ...(evidence.length > 0 && { evidence }),
    ...(trail !== undefined && { trail }),
  };
}
