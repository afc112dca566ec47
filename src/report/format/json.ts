import { mapTexts } from "../../findings/map-texts";
import { redact } from "../../findings/mask";
import { printableJson } from "../../findings/printable";
import type { AccessReport } from "../access-report";

/** The report as JSON, in the shape that `AccessReport` and docs/access.md describe. */
export function formatAccessJson(report: AccessReport): string {
  return `${printableJson(mapTexts(report, redact))}\n`;
}
