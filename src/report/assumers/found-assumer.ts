import type { Assumer } from "../access-report";
import { compareText, distinct, shown } from "../shown";
import type { Demand } from "./demands";
import { demandText } from "./demands";
import type { TrustEntry } from "./trust-entries";

/** What a prober found of one entry of a trust policy. */
export interface Found {
  readonly assumers: readonly Assumer[];
  /** Nobody else can come by this entry: it was tried as far as it reaches. */
  readonly isExhausted: boolean;
}

/** Nobody comes by this entry, for certain. */
export const NOBODY: Found = { assumers: [], isExhausted: true };

/** Somebody who may assume, or of whom it is not known. */
export function notKnown(kind: Assumer["kind"], name: string, reasons: readonly string[]): Assumer {
  return { kind, name, answer: "unknown", conditions: [], unknowns: distinct(reasons.map(shown)) };
}

/** Why an entry is told as not known: no request was found that its conditions let in. */
export function untried({ statement }: TrustEntry, demands: readonly Demand[]): string {
  const sid = statement.Sid === undefined || statement.Sid === "" ? "it" : `"${statement.Sid}"`;
  const asked = demands.map(demandText).sort(compareText);
  return asked.length === 0
    ? `no request was found that ${sid} lets in`
    : `no request was found that ${sid} lets in: ${asked.join("; ")}`;
}
