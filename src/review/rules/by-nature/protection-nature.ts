import type { Severity } from "../../../findings/severity";
import type { LedgerEntry } from "../../ledger/ledger";
import { defaulted, isOff, isOn } from "../../ledger/switches";
import { isAbsent, isNotKnown } from "../../ledger/values";

/** Which way a change of something that protects goes. */
export type Direction = "stricter" | "weaker" | "other";

/** Values of which a service says which is the stronger, weakest first. */
const ORDERED: readonly (readonly string[])[] = [
  ["NONE", "AES256", "aws:kms", "aws:kms:dsse"],
  ["AES256", "KMS", "KMS_DSSE"],
  ["SIX_HOURS", "ONE_HOUR", "FIFTEEN_MINUTES"],
  ["OFF", "OPTIONAL", "ON"],
  ["optional", "required"],
  ["ACCEPT", "ALL"],
  ["REJECT", "ALL"],
  ["PassThrough", "Active"],
  ["MUTABLE", "MUTABLE_WITH_EXCLUSION", "IMMUTABLE_WITH_EXCLUSION", "IMMUTABLE"],
  ["MANUAL", "SCAN_ON_PUSH", "CONTINUOUS_SCAN"],
  ["BASIC", "ENHANCED"],
  ["TLSv1", "TLSv1_2016", "TLSv1.1_2016", "TLSv1.2_2018", "TLSv1.2_2019", "TLSv1.2_2021", "TLSv1.3_2025"],
  ["TLS_1_0", "TLS_1_1", "TLS_1_2", "TLS_1_3"],
  ["Policy-Min-TLS-1-0-2019-07", "Policy-Min-TLS-1-2-2019-07", "Policy-Min-TLS-1-2-PFS-2023-10"],
  ["OFF", "FATAL", "CRITICAL", "ERROR", "WARN", "WARNING", "INFO", "DEBUG", "ALL", "TRACE"],
  ["PERMISSIVE", "STANDARD"],
  ["Suspended", "Enabled"],
  ["Disabled", "Enabled"],
  ["DISABLED", "ENABLED"],
];

/** Settings that protect more the lower their number is. */
const LOWER_IS_STRICTER =
  /hop_limit|max_password_age|automatically_after_days|rotation_days|rotation_period|validity_days|session_duration/;

export function protectionDirection({ name, before, after }: LedgerEntry): Direction {
  if (isNotKnown(after) || isNotKnown(before)) return isAbsent(before) ? "stricter" : "other";
  const [old, current] = [defaulted(name, before), defaulted(name, after)];
  const order = ORDERED.find((values) => [old, current].every((value) => values.includes(String(value))));
  if (order !== undefined) return compared(order.indexOf(String(current)) - order.indexOf(String(old)));
  const [was, is] = [numberOf(old), numberOf(current)];
  if (was !== undefined && is !== undefined) {
    return compared((is - was) * (LOWER_IS_STRICTER.test(name) ? -1 : 1));
  }
  if (Array.isArray(before) || Array.isArray(after)) return listDirection(before, after);
  if (isOff(old) && isOn(current)) return "stricter";
  if (isOn(old) && isOff(current)) return "weaker";
  if (isAbsent(before)) return isOff(after) && isOn(old) ? "weaker" : "stricter";
  return isOff(old) && isOff(current) ? "stricter" : "other";
}

/** More entries of what is logged, checked or required are stricter. */
function listDirection(before: unknown, after: unknown): Direction {
  const [old, current] = [before, after].map((value) =>
    [value]
      .flat()
      .filter((item) => !isAbsent(item))
      .map(String),
  );
  const isKept = (old ?? []).every((item) => current?.includes(item));
  return isKept ? "stricter" : "weaker";
}

function compared(difference: number): Direction {
  return difference < 0 ? "weaker" : "stricter";
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string") return undefined;
  // ISO 8601, as permission sets write it
  const [, hours, minutes] = /^PT(?:(\d+)H)?(?:(\d+)M)?$/.exec(value) ?? [];
  if (hours !== undefined || minutes !== undefined) return Number(hours ?? 0) * 60 + Number(minutes ?? 0);
  return /^-?\d+(?:\.\d+)?$/.test(value) ? Number(value) : undefined;
}

const GRAVE =
  /block_public|restrict_public|ignore_public|deletion_protection|termination|logging|log_file|global_service|multi_region|versioning|mfa|encrypt|sse_|require|enforce|http_tokens|point_in_time|audit|trail|detector|enable$/;

/** How grave it is that something protects less. */
export function protectionWeight({ name }: LedgerEntry): Severity {
  return GRAVE.test(name) ? "high" : "medium";
}
