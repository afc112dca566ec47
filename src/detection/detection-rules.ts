import type { RuleDeclaration } from "../findings/rule";
import { bySeverity, type Severity } from "../findings/severity";
import type { Detection } from "./detection";
import { DETECTIONS } from "./detections";

/** Detections as the catalogue lists rules. */
export const DETECTION_RULES: readonly RuleDeclaration[] = DETECTIONS.map(ruleOf);

function ruleOf({ id, title, why, example, reference, since, ...detection }: Detection): RuleDeclaration {
  return {
    id,
    area: "detection",
    title,
    severities: severitiesOf(detection),
    why,
    example: { before: example.told, after: example.notTold },
    remedy: `docs/runbooks/${id}.md, step by step.`,
    ...(reference !== undefined && { reference }),
    since,
  };
}

/** Worst first. */
function severitiesOf({
  severity,
  otherSeverities = [],
}: Pick<Detection, "severity" | "otherSeverities">): [Severity, ...Severity[]] {
  const [worst = severity, ...rest] = [...new Set([severity, ...otherSeverities])].sort(bySeverity);
  return [worst, ...rest];
}
