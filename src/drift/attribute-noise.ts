import type { JsonRecord } from "../sources/resource/json-shape";
import { isRecord } from "../sources/resource/json-shape";

/** Attributes that AWS or the provider computes: they follow from something else, or mean nothing to access. */
const COMPUTED: ReadonlySet<string> = new Set([
  "arn",
  "attachment_count",
  "code_sha256",
  "create_date",
  "id",
  "inline_policy",
  "invoke_arn",
  "last_modified",
  "last_updated_time",
  "managed_policy_arns",
  "owner_id",
  "policy_id",
  "qualified_arn",
  "qualified_invoke_arn",
  "signing_job_arn",
  "source_code_size",
  "tags_all",
  "version",
]);

/** Types whose every attribute the access model reads: what they change is told as access. */
const ACCESS_TYPE =
  /^aws_iam_(?:(?:user|group|role)_(?:policy|policy_attachment|policies_exclusive|policy_attachments_exclusive)|policy_attachment|user_group_membership|group_membership)$/;

/** Attributes that the access model reads, of types that have others besides. */
const ACCESS_ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  aws_iam_user: ["name", "path", "permissions_boundary"],
  aws_iam_group: ["name", "path"],
  aws_iam_role: ["name", "path", "assume_role_policy", "max_session_duration", "permissions_boundary"],
  aws_iam_policy: ["name", "path", "policy"],
};

/** Who reads an attribute: nobody (computed), the access model, or the comparison of resources. */
export function readerOf(type: string, attribute: string): "nobody" | "access" | "resource" {
  if (attribute === "unique_id")
    return type === "aws_iam_user" || type === "aws_iam_role" ? "access" : "nobody";
  if (COMPUTED.has(attribute)) return "nobody";
  if (ACCESS_TYPE.test(type) || ACCESS_ATTRIBUTES[type]?.includes(attribute) === true) return "access";
  return "resource";
}

export function isAccessType(type: string): boolean {
  return ACCESS_TYPE.test(type) || ACCESS_ATTRIBUTES[type] !== undefined;
}

export interface AttributeDifference {
  readonly attribute: string;
  readonly before: unknown;
  readonly after: unknown;
  /** Equal once null, empty texts and empty lists are taken for the same. */
  readonly isNoise: boolean;
}

/** Attributes that differ between two values of a resource, in the order of their names. */
export function attributeDifferences(before: JsonRecord, after: JsonRecord): readonly AttributeDifference[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort().flatMap((attribute) => {
    const [valueBefore, valueAfter] = [before[attribute], after[attribute]];
    if (JSON.stringify(valueBefore ?? null) === JSON.stringify(valueAfter ?? null)) return [];
    const isNoise = meaning(valueBefore) === meaning(valueAfter);
    return [{ attribute, before: valueBefore, after: valueAfter, isNoise }];
  });
}

/** A value without what the provider writes now one way and now another. */
function meaning(value: unknown): string {
  return JSON.stringify(plain(value)) ?? "";
}

function plain(value: unknown): unknown {
  if (value === null || value === "" || value === undefined) return undefined;
  if (typeof value === "string") return parsedJson(value) ?? value;
  if (Array.isArray(value)) {
    const items = value.map(plain).filter((item) => item !== undefined);
    return items.length === 0 ? undefined : items;
  }
  if (!isRecord(value)) return value;
  const entries = Object.entries(value)
    .map(([key, item]) => [key, plain(item)] as const)
    .filter(([, item]) => item !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1));
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** JSON documents in texts (policies of queues and topics), whatever the order of their keys. */
function parsedJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return plain(JSON.parse(text));
  } catch {
    return undefined;
  }
}
