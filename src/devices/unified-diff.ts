const CONTEXT = 3;

/**
 * What `git apply` and `patch -p1` read, for a change in one place of one file.
 *
 * @returns nothing where the texts are the same
 * @see https://www.gnu.org/software/diffutils/manual/html_node/Detailed-Unified.html
 */
export function unifiedDiff(file: string, before: string, after: string): string {
  if (before === after) return "";
  const old = linesOf(before);
  const fresh = linesOf(after);
  let start = 0;
  while (start < old.length && start < fresh.length && old[start] === fresh[start]) start += 1;
  let tail = 0;
  while (
    tail < old.length - start &&
    tail < fresh.length - start &&
    old[old.length - 1 - tail] === fresh[fresh.length - 1 - tail]
  ) {
    tail += 1;
  }
  const from = Math.max(0, start - CONTEXT);
  const oldEnd = Math.min(old.length, old.length - tail + CONTEXT);
  const freshEnd = Math.min(fresh.length, fresh.length - tail + CONTEXT);
  const hunk = [
    ...old.slice(from, start).map((line) => ` ${line}`),
    ...old.slice(start, old.length - tail).map((line) => `-${line}`),
    ...fresh.slice(start, fresh.length - tail).map((line) => `+${line}`),
    ...old.slice(old.length - tail, oldEnd).map((line) => ` ${line}`),
  ];
  const range = (length: number) => `${length === 0 ? from : from + 1},${length}`;
  return [
    `--- a/${file}`,
    `+++ b/${file}`,
    `@@ -${range(oldEnd - from)} +${range(freshEnd - from)} @@`,
    ...hunk.map((line) =>
      line.endsWith("\n") ? line.slice(0, -1) : `${line}\n\\ No newline at end of file`,
    ),
    "",
  ].join("\n");
}

/** Lines with their ends, so that a last line without one is another than with one. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
