import { type Place, POLICY_ELEMENT_INVALID } from "./findings";

/**
 * Reads what must be a text or a non-empty list of texts, and checks each.
 *
 * @returns what is there, as written; nothing when it is of another shape, which is then reported.
 */
export function readStrings(
  value: unknown,
  place: Place,
  what: string,
  check: (text: string, place: Place) => void,
): string | readonly string[] | undefined {
  if (typeof value === "string") {
    check(value, place);
    return value;
  }
  if (!Array.isArray(value) || value.length === 0) {
    place.problem(
      POLICY_ELEMENT_INVALID,
      `${what} as a text or a list with at least one`,
      value,
      `name at least one ${what}`,
    );
    return undefined;
  }
  const texts: string[] = [];
  for (const [index, item] of value.entries()) {
    const at = place.at(`[${index}]`);
    if (typeof item === "string") {
      check(item, at);
      texts.push(item);
    } else {
      at.problem(POLICY_ELEMENT_INVALID, `${what} as a text`, item, "write it as a text");
    }
  }
  return texts;
}
