/** States of a search are given up here: patterns of IAM are short, and what is not found is told as not known. */
const MOST_STATES = 20_000;

/** What stands for a wildcard: two, as a condition may exclude one of them. */
const FILLINGS = ["example", "unlisted-7q2m"] as const;

/**
 * Texts that match a pattern and of each list of alternatives one. None where there is no such text.
 *
 * @param pattern with `*` and `?`
 */
export function commonTexts(
  pattern: string,
  alternatives: readonly (readonly string[])[],
): readonly string[] {
  const others = alternatives.filter((list) => !list.includes(pattern));
  const combined = others.reduce<readonly (readonly string[])[]>(
    (all, list) => all.flatMap((chosen) => list.map((one) => [...chosen, one])).slice(0, 64),
    [[pattern]],
  );
  return [
    ...new Set(
      combined.flatMap((patterns) => FILLINGS.flatMap((filling) => textOf(patterns, filling) ?? [])),
    ),
  ];
}

/** A text that all patterns match: the first that a search over their positions finds, wildcards filled. */
function textOf(patterns: readonly string[], filling: string): string | undefined {
  const start = patterns.map(() => 0);
  const seen = new Set([start.join()]);
  const open: { readonly at: readonly number[]; readonly text: string }[] = [{ at: start, text: "" }];
  for (let next = open.pop(); next !== undefined && seen.size < MOST_STATES; next = open.pop()) {
    const { at, text } = next;
    if (at.every((position, index) => position === patterns[index]?.length)) return text;
    const push = (to: readonly number[], further: string) => {
      const key = to.join();
      if (seen.has(key)) return;
      seen.add(key);
      open.push({ at: to, text: text + further });
    };
    // last pushed, first tried: all ends of wildcards after one character for everybody
    const characters = patterns.map((pattern, index) => pattern[at[index] ?? 0]);
    for (const [index, character] of characters.entries()) {
      if (character === "*")
        push(
          at.map((position, one) => position + (one === index ? 1 : 0)),
          "",
        );
    }
    const literal = characters.find((one) => one !== undefined && one !== "*" && one !== "?");
    if (literal === undefined && characters.some((one) => one === undefined)) continue;
    const isFree = characters.every((one) => one === "*");
    const step = literal ?? (isFree ? filling : "x");
    const to = characters.map((character, index) => {
      const position = at[index] ?? 0;
      if (character === "*") return position;
      return character === literal || character === "?" ? position + 1 : -1;
    });
    if (!to.includes(-1)) push(to, step);
    if (isFree)
      push(
        at.map((position) => position + 1),
        filling,
      );
  }
  return undefined;
}
