import { bySeverity, SEVERITIES, type Severity } from "../findings/severity";

/** What waits for the digest. */
export interface DigestEntry {
  readonly detection: string;
  readonly severity: Severity;
  readonly sentence: string;
  /** A repeat of something that was told at once. */
  readonly repeat: boolean;
}

/** Lines of a message; the log has all of them. */
const MOST_LINES = 150;

export function entryText(entry: DigestEntry): string {
  return JSON.stringify(entry);
}

/** @returns nothing for a text that is none */
export function readEntry(text: string): DigestEntry | undefined {
  try {
    const { detection, severity, sentence, repeat } = JSON.parse(text) as Partial<DigestEntry>;
    const known = SEVERITIES.find((one) => one === severity);
    if (typeof detection !== "string" || typeof sentence !== "string" || known === undefined)
      return undefined;
    return { detection, severity: known, sentence, repeat: repeat === true };
  } catch {
    return undefined;
  }
}

/** Everything that waited, worst first, repeats counted; nothing where nothing did. */
export function digestOf(
  entries: readonly DigestEntry[],
  environment: string,
): { readonly subject: string; readonly message: string } | undefined {
  if (entries.length === 0) return undefined;
  const groups = new Map<string, { readonly entry: DigestEntry; count: number }>();
  for (const entry of entries) {
    // repeats differ in their moments: one line stands for all of them
    const key = entry.repeat ? `${entry.detection} ${withoutTime(entry.sentence)}` : entry.sentence;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { entry, count: 1 });
    else group.count += 1;
  }
  const sorted = [...groups.values()].sort(
    (left, right) =>
      bySeverity(left.entry.severity, right.entry.severity) ||
      (left.entry.detection < right.entry.detection
        ? -1
        : left.entry.detection > right.entry.detection
          ? 1
          : 0),
  );
  const lines = sorted.map(({ entry, count }) =>
    entry.repeat
      ? `- ${entry.severity} ${entry.detection}: ${count} more of: ${entry.sentence}`
      : `- ${entry.severity} ${entry.detection}${count > 1 ? ` (${count} times)` : ""}: ${entry.sentence}`,
  );
  const rest = lines.length - MOST_LINES;
  return {
    subject: `[${environment}] digest: ${entries.length} events`,
    message: [
      `What was not urgent in environment ${environment}, and repeats of what was told at once:`,
      "",
      ...lines.slice(0, MOST_LINES),
      ...(rest > 0 ? [`and ${rest} more, see the log`] : []),
    ].join("\n"),
  };
}

function withoutTime(sentence: string): string {
  return sentence.replace(/\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}/g, "");
}
