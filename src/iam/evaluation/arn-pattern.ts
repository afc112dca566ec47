import { token } from "./pattern";

/**
 * Where an ARN pattern stands: in a `Resource` element, a `*` that ends one of the first five segments may
 * run on past the colon; in an ARN condition each of the six segments is compared on its own. In the sixth
 * (and for a `*` that ends the pattern) colons are characters like others.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
export type ArnPlace = "resource" | "condition";

/**
 * The tokens of a part of an ARN pattern that begins after `colons` colons. `ends` says whether the pattern
 * ends with this part (and not with a policy variable after it).
 */
export function arnTokens(text: string, place: ArnPlace, colons: number, ends: boolean): string {
  let segment = colons;
  let tokens = "";
  for (let i = 0; i < text.length; i++) {
    const character = text[i] as string;
    if (character === ":") segment++;
    if (character !== "*" && character !== "?") {
      tokens += character;
    } else if (segment >= 5) {
      tokens += character === "*" ? token.any : token.one;
    } else if (character === "?") {
      tokens += token.oneInSegment;
    } else {
      const last = ends && i === text.length - 1;
      const beforeColon = place === "resource" && text[i + 1] === ":";
      tokens += last || beforeColon ? token.any : token.anyInSegment;
    }
  }
  return tokens;
}

export function countColons(text: string): number {
  let count = 0;
  for (const character of text) if (character === ":") count++;
  return count;
}
