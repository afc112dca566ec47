import type { Draft } from "../../review-finding";
import type { Setting } from "../../reviewed-environment";
import { capped } from "../../statement-diff";

/** A finding about something that a file says besides its resources, with what it was and is as evidence. */
export function settingDraft(
  current: Setting,
  old: Setting | undefined,
  draft: Pick<Draft, "rule" | "severity" | "predicate"> & Partial<Draft>,
): Draft {
  return {
    category: "terraform",
    address: current.stack === "" ? current.key : `${current.stack}/${current.key}`,
    subjects: [],
    evidence: capped([
      ...(old === undefined ? [] : [`- ${JSON.stringify(old.value)}`]),
      `+ ${JSON.stringify(current.value)}`,
    ]),
    ...draft,
  };
}
