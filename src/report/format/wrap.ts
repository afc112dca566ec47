/** A text as lines of at most `width` characters, broken at blanks, then after `-`, `/`, `:` and `,`, then anywhere. */
export function wrapped(text: string, width: number): readonly string[] {
  const limit = Math.max(1, width);
  const lines: string[] = [];
  let rest = [...text];
  while (rest.length > limit) {
    const cut = breakAt(rest, limit);
    lines.push(rest.slice(0, cut).join("").trimEnd());
    rest = rest.slice(cut);
    while (rest[0] === " ") rest.shift();
  }
  lines.push(rest.join(""));
  return lines;
}

function breakAt(characters: readonly string[], limit: number): number {
  for (let at = limit; at > limit / 3; at--) if (characters[at] === " ") return at;
  for (let at = limit; at > limit / 3; at--) {
    if (/[-/:,.]/.test(characters[at - 1] ?? "")) return at;
  }
  return limit;
}
