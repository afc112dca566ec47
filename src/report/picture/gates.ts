import type { UserAccess } from "../access-report";
import type { Conditions } from "../conditions";
import { conditionsMark } from "../words";
import type { Gate, Guard } from "./picture";

/** What the groups of a user demand of him. */
export function guardOf({ guardedTo }: UserAccess): Guard {
  const { answer, conditions } = guardedTo;
  if (answer === "unknown") return { text: "guard: not known", state: "part" };
  if (answer === "no") return { text: "guard: everything denied", state: "full" };
  const hasMfa = conditions.every(({ mfa }) => mfa !== undefined);
  const hasNetworks = conditions.every(({ networks }) => networks !== undefined);
  const mark = conditionsMark(conditions);
  if (hasMfa && hasNetworks) return { text: `guard: ${mark}`, state: "full" };
  return mark === "" ? { text: "no guard", state: "none" } : { text: `guard: only ${mark}`, state: "part" };
}

/** Conditions in front of a role, in a few words. */
export function gateOf(conditions: readonly Conditions[]): Gate {
  const isWeak = conditions.some(({ mfa, networks }) => mfa === undefined || networks === undefined);
  const text = conditionsMark(conditions);
  return { text: text === "" ? "no condition" : text, isWeak };
}
