import { printableJson } from "../../findings/printable";
import { type ReviewReport, verdictOf } from "../review-report";
import { type ReviewDisclosure, shownReport } from "./shown-report";

/** The review as JSON, as `docs/schemas/review.schema.json` has it. */
export function formatReviewJson(report: ReviewReport, disclosure: ReviewDisclosure = {}): string {
  const { findings, notes, muted, unknown, rows, sources, notChecked } = shownReport(report, disclosure);
  return `${printableJson({
    version: 1,
    verdict: verdictOf(report),
    environments: rows.map(({ worst, ...row }) => ({ ...row, worst: worst ?? null })),
    findings,
    notes,
    muted,
    unknown,
    sources,
    notChecked,
  })}\n`;
}
