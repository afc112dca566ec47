/**
 * A pattern of EventBridge's as a regular expression: `*` stands for any characters, also none; `\*` and `\\` for
 * themselves. `?` is no wildcard here.
 *
 * @returns nothing for a pattern that EventBridge refuses: two stars in a row, a lone backslash
 */
export function wildcardExpression(pattern: string): RegExp | undefined {
  let source = "";
  for (let index = 0; index < pattern.length; index += 1) {
    const character = pattern[index] ?? "";
    const next = pattern[index + 1];
    if (character === "\\") {
      if (next !== "*" && next !== "\\") return undefined;
      source += `\\${next}`;
      index += 1;
    } else if (character === "*") {
      if (next === "*") return undefined;
      source += "[^]*";
    } else source += character.replace(/[.+?^${}()|[\]/]/, "\\$&");
  }
  return new RegExp(`^${source}$`, "u");
}
