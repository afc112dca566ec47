import type { Draft } from "../../review-finding";
import { capped } from "../../statement-diff";
import type { SettingChange } from "./setting-change";

/** A finding about something that a file says besides its resources, with what it was and is as evidence. */
export function settingDraft(
  { key, stack, before, after }: SettingChange,
  draft: Pick<Draft, "rule" | "severity" | "predicate"> & Partial<Draft>,
): Draft {
  return {
    category: "terraform",
    address: stack === "" ? key : `${stack}/${key}`,
    subjects: [],
    evidence: capped([
      ...(before === undefined ? [] : [`- ${JSON.stringify(before.value)}`]),
      ...(after === undefined ? [] : [`+ ${JSON.stringify(after.value)}`]),
    ]),
    ...draft,
  };
}

/** `provider.aws of prod-identity`; of a plan, which has no stacks, the key alone. */
export function settingText({ key, stack }: SettingChange): string {
  return stack === "" ? key : `${key} of ${stack}`;
}
