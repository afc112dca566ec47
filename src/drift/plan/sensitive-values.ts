import { isRecord, type JsonRecord } from "../../sources/resource/json-shape";

/** Stands for a value that Terraform marks as sensitive: it is compared, and never shown. */
export const SENSITIVE = "(sensitive value)";

/**
 * Where a plan's values are sensitive: `true` for all of a value, or a shape like the value's.
 *
 * @see https://developer.hashicorp.com/terraform/internals/json-format#change-representation
 */
export class SensitiveValues {
  private readonly marks = new Map<string, readonly unknown[]>();

  /** @param part `resource_drift` or `resource_changes` */
  constructor(planJson: unknown, part: string) {
    const entries = isRecord(planJson) && Array.isArray(planJson[part]) ? planJson[part] : [];
    for (const entry of entries) {
      if (!isRecord(entry) || !isRecord(entry["change"])) continue;
      const { before_sensitive: before, after_sensitive: after } = entry["change"];
      this.marks.set(String(entry["address"]), [before, after]);
    }
  }

  /** Marks of one attribute, before and after; several where a value is sensitive on one side only. */
  of(address: string, attribute: string): readonly unknown[] {
    return (this.marks.get(address) ?? []).map((mark) => markOf(mark, attribute));
  }
}

/** The mark of what lies within a value. */
export function markOf(mark: unknown, key: string | number): unknown {
  if (mark === true) return true;
  if (Array.isArray(mark)) return mark[Number(key)];
  return isRecord(mark) ? (mark as JsonRecord)[key] : undefined;
}
