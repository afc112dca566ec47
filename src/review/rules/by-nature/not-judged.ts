import { defineRule } from "../../../findings/rule";
import { bySeverity, type Severity } from "../../../findings/severity";
import type { LedgerEntry } from "../../ledger/ledger";
import type { Nature } from "../../natures/nature";
import { type Draft, listed } from "../../review-finding";
import { entryDiff, pathsOf } from "./entry-diff";

export const NOT_JUDGED = defineRule({
  id: "not-judged",
  area: "review",
  title: "Something changes that no rule judges",
  severities: ["high", "medium", "low"],
  why: "What was not looked at is not clean. The finding names address and attribute; it weighs by what the attribute is: policies, roles and principals high, code, networks, keys and switches medium, others low.",
  example: {
    before: 'aws_qldb_ledger: { permissions_mode = "STANDARD" }',
    after: '{ permissions_mode = "ALLOW_ALL" }',
  },
  remedy: "Read the change yourself.",
  since: "0.2.0",
});

const WEIGHTS: Readonly<Record<Nature, Severity>> = {
  policy: "high",
  role: "high",
  principal: "high",
  public: "high",
  protection: "medium",
  exposure: "medium",
  network: "medium",
  encryption: "medium",
  code: "medium",
  endpoint: "medium",
  authentication: "medium",
  retention: "medium",
  state: "medium",
  secret: "low",
  ordinary: "low",
  unknown: "low",
};

/** Of other providers nobody here knows what an attribute means. */
function weightOf({ nature, type }: LedgerEntry): Severity {
  const weight = WEIGHTS[nature];
  return weight === "low" && isForeignType(type) ? "medium" : weight;
}

/** Resources of other providers than those of AWS and of names, times and files. */
export function isForeignType(type: string): boolean {
  return (
    type !== "" && !/^(?:aws_|random_|time_|null_resource$|terraform_data$|archive_file$|local_)/.test(type)
  );
}

/** One finding for each thing of which something is left, as grave as the gravest of it. */
export function notJudged(
  remaining: readonly LedgerEntry[],
  addressOf: (subject: string) => string,
): readonly Draft[] {
  const bySubject = new Map<string, LedgerEntry[]>();
  for (const entry of remaining)
    bySubject.set(entry.subject, [...(bySubject.get(entry.subject) ?? []), entry]);
  return [...bySubject].map(([subject, entries]): Draft => {
    const address = addressOf(subject);
    const [severity = "low"] = entries.map(weightOf).sort(bySeverity);
    return {
      rule: NOT_JUDGED,
      severity,
      category: "unknown",
      address,
      subjects: [],
      predicate: `${address} changes in what no rule judges (${listed(pathsOf(entries))})`,
      evidence: entryDiff(entries),
    };
  });
}
