import type { ChangedAttribute } from "./resource-fact";

const MOST_ATTRIBUTES = 6;
const LONGEST_VALUE = 120;

/** `: timeout is 3, declared is 900`; nothing where nothing is named. */
export function attributesText(attributes: readonly ChangedAttribute[]): string {
  if (attributes.length === 0) return "";
  const shown = attributes.slice(0, MOST_ATTRIBUTES).map(attributeText);
  const left = attributes.length - shown.length;
  return `: ${shown.join(", ")}${left > 0 ? ` and ${left} more` : ""}`;
}

export function attributeText({ name, declared, actual }: ChangedAttribute): string {
  return `${name.replaceAll("_", " ")} is ${valueText(actual)}, declared is ${valueText(declared)}`;
}

export function attributeLine({ name, declared, actual }: ChangedAttribute): string {
  return `${name}: ${valueText(declared)} -> ${valueText(actual)}`;
}

function valueText(value: unknown): string {
  const text =
    value === undefined || value === null
      ? "nothing"
      : typeof value === "string"
        ? value
        : JSON.stringify(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}...` : text;
}
