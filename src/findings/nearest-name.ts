import { distance } from "fastest-levenshtein";

/** The known name that a misspelt one probably means, if any is near: at most a third of its letters differ. */
export function nearestName(written: string, known: Iterable<string>): string | undefined {
  let best: { name: string; edits: number } | undefined;
  for (const name of known) {
    const edits = distance(written.toLowerCase(), name.toLowerCase());
    if (best === undefined || edits < best.edits) best = { name, edits };
  }
  return best !== undefined && best.edits <= Math.max(2, Math.ceil(written.length / 3))
    ? best.name
    : undefined;
}

/** `rename it to "x"` where a near name is known, otherwise `use one of …`, otherwise what to do when nothing is declared. */
export function suggestion(written: string, known: readonly string[], none: string): string {
  const nearest = nearestName(written, known);
  if (nearest !== undefined) return `did you mean "${nearest}"?`;
  if (known.length === 0) return none;
  const shown = known.slice(0, 8).map((name) => `"${name}"`);
  return `use one of ${shown.join(", ")}${known.length > shown.length ? ", ..." : ""}`;
}
