/**
 * Text in lines of at most `width` columns, broken between words; a word that is longer (an ARN) goes on in the next
 * line, so that nothing is cut off. cli-table3 either breaks inside of words or drops the rest of a long one.
 */
export function wrapped(text: string, width: number): string {
  const lines: string[] = [""];
  for (const word of text.split(" ")) {
    const last = lines.length - 1;
    const line = lines[last] ?? "";
    const joined = line === "" ? word : `${line} ${word}`;
    if (joined.length <= width) {
      lines[last] = joined;
      continue;
    }
    const pieces = word.match(new RegExp(`.{1,${width}}`, "gsu")) ?? [""];
    if (line === "") lines.pop();
    lines.push(...pieces);
  }
  return lines.join("\n");
}
