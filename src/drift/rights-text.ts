import type { Policy } from "../iam/graph";
import { atomsText, weightOf } from "../review/weight";
import { allowsOf } from "./policy-grants";

/** What policies give whoever carries them: `it may do s3:* on any resource`. */
export function rightsText(policies: readonly Policy[]): string {
  const allows = allowsOf(policies);
  if (allows.length === 0) {
    return policies.some(({ document }) => "unknown" in document)
      ? "what its policies allow is not known"
      : "it may do nothing by itself";
  }
  return weightOf(allows).isAdministrator
    ? `it has administrator rights: ${atomsText(allows)}`
    : `it may do ${atomsText(allows)}`;
}
