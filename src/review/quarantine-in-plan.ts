import { lostQuarantine } from "../iam/lost-quarantine";
import { blocks, isRecord } from "../sources/resource/json-shape";

/** Users from whom an apply of a plan would take a quarantine of AWS's. */
export function quarantinesTakenAway(
  plan: unknown,
): readonly { readonly userName: string; readonly policy: string }[] {
  if (!isRecord(plan)) return [];
  return blocks(plan["resource_changes"]).flatMap(({ type, change }) => {
    if (!isRecord(change) || [change["actions"]].flat().includes("forget")) return [];
    const side = (value: unknown) => (isRecord(value) ? value : undefined);
    return lostQuarantine(String(type), side(change["before"]), side(change["after"])) ?? [];
  });
}
