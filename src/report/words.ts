import type { Cell } from "./access-report";
import type { Conditions } from "./conditions";
import { duration, enumeration } from "./shown";

/** What words for conditions need to know of their environment. */
export interface Wording {
  /** Networks that are called "the allowed networks". */
  readonly allowedNetworks: readonly string[];
}

/** Conditions in full: `MFA at most 1 h old, from the allowed networks`. */
export function conditionsText(conditions: readonly Conditions[], wording: Wording): string {
  return conditions.map((one) => alternativeText(one, wording)).join("; or ");
}

function alternativeText(conditions: Conditions, wording: Wording): string {
  const { besides = [] } = conditions;
  return [mfaText(conditions), `from ${networksText(conditions, wording)}`, ...besides].join(", ");
}

function mfaText({ mfa }: Conditions): string {
  if (mfa === undefined) return "without MFA";
  return mfa.maxAgeSeconds === undefined ? "with MFA" : `MFA at most ${duration(mfa.maxAgeSeconds)} old`;
}

export function networksText(
  { networks, exceptNetworks = [] }: Conditions,
  { allowedNetworks }: Wording,
): string {
  const except = exceptNetworks.length > 0 ? ` except ${enumeration(exceptNetworks)}` : "";
  if (networks === undefined) return `anywhere${except}`;
  if (isSame(networks, allowedNetworks)) return `allowed networks${except}`;
  return `${networks.join(", ")}${except}`;
}

/** Conditions of callers that have no MFA in any case: only where they come from. */
export function placesText(conditions: readonly Conditions[], wording: Wording): string {
  return conditions
    .map(({ besides = [], ...one }) => [`from ${networksText(one, wording)}`, ...besides].join(", "))
    .join("; or ");
}

/** Conditions for a picture or a narrow column: `MFA <= 1 h, 2 networks`; nothing where there are none. */
export function conditionsMark(conditions: readonly Conditions[]): string {
  return conditions
    .map(({ mfa, networks, besides = [] }) =>
      [
        ...(mfa === undefined
          ? []
          : [mfa.maxAgeSeconds === undefined ? "MFA" : `MFA \u2264 ${duration(mfa.maxAgeSeconds)}`]),
        ...(networks === undefined ? [] : [`${networks.length} network${networks.length === 1 ? "" : "s"}`]),
        ...besides,
      ].join(", "),
    )
    .filter((text) => text !== "")
    .join(" or ");
}

/** `MFA, net` under a cell of the matrix. */
export function cellMarks({ conditions }: Pick<Cell, "conditions">): string {
  const marks = conditions.map(({ mfa, networks }) =>
    [...(mfa === undefined ? [] : ["MFA"]), ...(networks === undefined ? [] : ["net"])].join(", "),
  );
  return marks.includes("") ? "" : marks.join(" or ");
}

function isSame(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((one) => right.includes(one));
}
