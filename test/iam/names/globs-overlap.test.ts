import fc from "fast-check";
import { globsOverlap } from "../../../src/iam/names/globs-overlap";

const pattern = fc
  .array(fc.constantFrom("a", "b", "*", "?"), { maxLength: 5 })
  .map((symbols) => symbols.join(""));
/** Every text of a and b up to eight letters: two patterns of five symbols that overlap do so in one of them. */
const texts = [""];
for (let row = [""], letters = 0; letters < 8; letters++) {
  row = row.flatMap((text) => [`${text}a`, `${text}b`]);
  texts.push(...row);
}
const expression = (glob: string) => new RegExp(`^${glob.replaceAll("*", ".*").replaceAll("?", ".")}$`);

test("two patterns overlap where one text matches both", () => {
  fc.assert(
    fc.property(pattern, pattern, (left, right) => {
      const [first, second] = [expression(left), expression(right)];
      expect(globsOverlap(left, right)).toBe(texts.some((text) => first.test(text) && second.test(text)));
    }),
    { numRuns: 300 },
  );
});
