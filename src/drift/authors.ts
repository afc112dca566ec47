import type { ChangeHistory } from "../aws/change-history";
import type { DriftFinding } from "./drift-finding";
import { counted } from "./words";

export interface AuthoredFindings {
  readonly findings: readonly DriftFinding[];
  /** Of which changes nobody knows who made them, and why; nothing where all are known. */
  readonly notKnown?: string;
}

/**
 * Findings with who did it, where CloudTrail tells. Equal questions are asked once, and equal answers are told once:
 * one call may be behind several findings. What is not answered is told once for all.
 */
export async function withAuthors(
  findings: readonly DriftFinding[],
  history: ChangeHistory,
): Promise<AuthoredFindings> {
  const answers = new Map<string, Awaited<ReturnType<ChangeHistory["lastChange"]>>>();
  const told = new Set<string>();
  const reasons = new Map<string, number>();
  const authored: DriftFinding[] = [];
  for (const finding of findings) {
    const { trail } = finding;
    if (trail === undefined) {
      authored.push(finding);
      continue;
    }
    const key = JSON.stringify(trail);
    const answer = answers.get(key) ?? (await history.lastChange(trail.resourceName, trail.events));
    answers.set(key, answer);
    if ("notKnown" in answer) {
      reasons.set(answer.notKnown, (reasons.get(answer.notKnown) ?? 0) + 1);
      authored.push(finding);
      continue;
    }
    const text = `Last by ${answer.by} at ${answer.at.toISOString()} (${answer.event}).`;
    authored.push(told.has(text) ? finding : { ...finding, message: `${finding.message} ${text}` });
    told.add(text);
  }
  if (reasons.size === 0) return { findings: authored };
  const notKnown = [...reasons].map(([reason, count]) => `of ${counted(count, "finding")}: ${reason}`);
  return { findings: authored, notKnown: `not known ${notKnown.join("; ")}` };
}
