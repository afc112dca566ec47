import type { Severity } from "../../../findings/severity";
import { bySeverity } from "../../../findings/severity";
import { SAFEGUARD_TYPES } from "../../../sources/graph/safeguards";
import type { LedgerEntry } from "../../ledger/ledger";
import { type Draft, listed } from "../../review-finding";
import { entryDiff, pathsOf } from "../by-nature/entry-diff";
import {
  aboutResource,
  isAdded,
  type JudgingContext,
  type ResourceChange,
} from "../by-nature/resource-change";
import { SAFEGUARD_WEAKENED } from "./safeguard-weakened";

/** Attributes of safeguards that say nothing, whatever they are. */
const SILENT =
  /^(?:description|alarm_description|tags|tags_all|display_name|id|timeouts|publish|skip_destroy)(?:$|[.[])/;
const GRAVE =
  /^(?:file_system_config|image_config|code_signing_config_arn|layers|s3_|image_uri|kms_|architectures|region|environment|snap_start|lambda_target|data_protection|archive_policy|subscription_role_arn|.*_role_arn|event_bus_name|filter_policy|unit|extended_statistic|metric_query|evaluate_low|start_date|fifo|content_based)/;

/**
 * Every other attribute of a function, schedule, alarm, topic, queue, log group or event rule of the baseline: none is
 * ordinary, because together they decide whether keys are deactivated and whether somebody hears of a failure.
 */
export function safeguardRemainder(change: ResourceChange, context: JudgingContext): readonly Draft[] {
  if (isAdded(change) || !SAFEGUARD_TYPES.has(change.type) || context.safeguards.size === 0) return [];
  const entries = context.ledger
    .of(change.key)
    .filter(({ name, nature }) => !SILENT.test(name) && nature !== "policy");
  if (entries.length === 0) return [];
  context.ledger.strike(entries);
  const [severity = "low"] = entries.map(weightOf).sort(bySeverity);
  return [
    {
      ...aboutResource(change),
      rule: SAFEGUARD_WEAKENED,
      severity,
      category: "hygiene",
      predicate: `${change.address} changes in what keeps credentials short-lived (${listed(pathsOf(entries))})`,
      evidence: entryDiff(entries),
    },
  ];
}

function weightOf({ name }: LedgerEntry): Severity {
  return GRAVE.test(name) ? "medium" : "low";
}
