const WILDCARD = /[*?]/;

/**
 * Whether some text matches both patterns of `*` and `?`. Time is the product of their lengths.
 *
 * @param left, right patterns in which a policy variable stands as `*`
 */
export function globsOverlap(left: string, right: string): boolean {
  if (left === "*" || right === "*" || left === right) return true;
  if (!WILDCARD.test(left) && !WILDCARD.test(right)) return false;
  let common = 0;
  while (left[common] === right[common] && common < left.length && left[common] !== "*") common++;
  const [own = "", other = ""] = [left[common], right[common]];
  // two different characters, or one where the other pattern ends, decide
  if (!WILDCARD.test(own) && !WILDCARD.test(other)) return false;
  return overlap(left.slice(common), right.slice(common));
}

function overlap(left: string, right: string): boolean {
  // before[j]: what was read of `left` and the first j characters of `right` match a common text
  let before = [true];
  for (const symbol of right) before.push(before.at(-1) === true && symbol === "*");
  for (const symbol of left) {
    const now = [symbol === "*" && before[0] === true];
    for (let j = 0; j < right.length; j++) {
      const other = right[j];
      now.push(
        symbol === "*" || other === "*"
          ? before[j + 1] === true || now[j] === true
          : before[j] === true && (symbol === other || symbol === "?" || other === "?"),
      );
    }
    before = now;
  }
  return before.at(-1) === true;
}
