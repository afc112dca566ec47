import type { Attributes } from "../reviewed-environment";

/** The objects of a block that may be written bare or as a list. */
export function blocks(value: unknown): readonly Attributes[] {
  return [value]
    .flat()
    .filter((item): item is Attributes => typeof item === "object" && item !== null && !Array.isArray(item));
}

/** Keys and values of all blocks, comments apart. */
export function entries(value: unknown): readonly (readonly [string, unknown])[] {
  return blocks(value).flatMap((block) => Object.entries(block).filter(([key]) => key !== "//"));
}
