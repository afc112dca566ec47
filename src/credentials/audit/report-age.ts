import type { AuditInput } from "./audit-input";

/** `2 h 5 min`: the age of a report, for its reader. */
export function reportAgeText({ generatedTime, now }: Pick<AuditInput, "generatedTime" | "now">): string {
  const minutes = Math.max(0, Math.floor((now.getTime() - generatedTime.getTime()) / 60_000));
  const hours = Math.floor(minutes / 60);
  return hours === 0 ? `${minutes} min` : `${hours} h ${minutes % 60} min`;
}
