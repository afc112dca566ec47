import type { AccessGraph } from "../iam/graph";
import type { ChangedAttribute } from "./plan/resource-fact";
import { policyChangeText } from "./policy-change-text";

const MOST_ATTRIBUTES = 6;
const MOST_LINES = 40;
const LONGEST_VALUE = 120;
/** Of what two long texts begin with in common, so much is shown. */
const CONTEXT = 20;

/** What people call a resource, by the attribute that its type is named by. */
const NAMES = ["function_name", "alarm_name", "bucket", "name", "endpoint", "account_alias", "url"];

/** `aws_lambda_function.x (baseline-deactivate-access-keys)` */
export function resourceText(address: string, values: Readonly<Record<string, unknown>>): string {
  const name = NAMES.map((attribute) => values[attribute]).find(
    (value) => typeof value === "string" && value !== "",
  );
  return name === undefined ? address : `${address} (${String(name)})`;
}

/** `: timeout is 3, declared is 900`; nothing where nothing is named. */
export function attributesText(attributes: readonly ChangedAttribute[], graph: AccessGraph): string {
  if (attributes.length === 0) return "";
  const shown = attributes.slice(0, MOST_ATTRIBUTES).map((attribute) => attributeText(attribute, graph));
  const left = attributes.length - shown.length;
  return `: ${shown.join(", ")}${left > 0 ? ` and ${left} more` : ""}`;
}

export function attributeText(attribute: ChangedAttribute, graph: AccessGraph): string {
  const { name, path, declared, actual, isPartOfList, documents } = attribute;
  const words = path === name ? name.replaceAll("_", " ") : path;
  if (documents !== undefined) return `${words} ${policyChangeText(documents, graph)}`;
  if (isPartOfList === true) return `${words} ${listText(declared, actual)}`;
  const [left, right] = valueTexts(declared, actual);
  return `${words} is ${right}, declared is ${left}`;
}

/** The differences as lines of evidence. */
export function attributeLines(attributes: readonly ChangedAttribute[]): readonly string[] {
  const lines = attributes.map(({ path, declared, actual }) => {
    const [left, right] = valueTexts(declared, actual);
    return `${path}: ${left} -> ${right}`;
  });
  return lines.length > MOST_LINES
    ? [...lines.slice(0, MOST_LINES), `... ${lines.length - MOST_LINES} more`]
    : lines;
}

function listText(declared: unknown, actual: unknown): string {
  const items = (value: unknown) => (Array.isArray(value) ? value.map(textOf).join(", ") : "");
  const [missing, added] = [items(declared), items(actual)];
  return [
    ...(added === "" ? [] : [`also has ${shortened(added)}`]),
    ...(missing === "" ? [] : [`lacks ${shortened(missing)}`]),
  ].join(" and ");
}

/** Two values, each cut around the place where they differ. */
function valueTexts(declared: unknown, actual: unknown): readonly [string, string] {
  const [left, right] = [textOf(declared), textOf(actual)];
  if (left.length <= LONGEST_VALUE && right.length <= LONGEST_VALUE) return [left, right];
  let common = 0;
  while (common < left.length && left[common] === right[common]) common += 1;
  const from = Math.max(0, common - CONTEXT);
  const cut = (text: string) => `${from > 0 ? "..." : ""}${shortened(text.slice(from))}`;
  return [cut(left), cut(right)];
}

function textOf(value: unknown): string {
  if (value === undefined || value === null || value === "") return "nothing";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function shortened(text: string): string {
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}...` : text;
}
