import { isRecord, type JsonRecord } from "../resource/json-shape";
import type { SensitiveTexts } from "../resource/sensitive-texts";
import { concealedDocument, type IsShown } from "./conceal-document";
import { isSensitiveAttribute, isSensitiveName } from "./sensitive-names";

/** How the values of one file are concealed. */
export interface Concealing {
  readonly texts: SensitiveTexts;
  readonly isShown: IsShown;
}

/**
 * A value whose sensitive leaves are replaced by what stands for them. What has none is returned as it is, not copied.
 *
 * @param marks as Terraform writes `before_sensitive`: true for what is sensitive as a whole, else a structure like the value's
 */
export function concealed(value: unknown, marks: unknown, concealing: Concealing): unknown {
  if (marks === true) return concealedWhole(value, concealing);
  if (Array.isArray(marks) && Array.isArray(value)) {
    if (!marks.some(hasMark)) return value;
    return value.map((item, index) => concealed(item, marks[index], concealing));
  }
  if (!isRecord(marks) || !isRecord(value) || !Object.values(marks).some(hasMark)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      Object.hasOwn(marks, key) ? concealed(item, marks[key], concealing) : item,
    ]),
  );
}

/** Attributes of a resource: what the file marks, and what the schema of its provider marks. */
export function concealedAttributes(
  type: string,
  values: JsonRecord,
  marks: unknown,
  concealing: Concealing,
): JsonRecord {
  if (marks === true) {
    return Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, concealedWhole(value, concealing)]),
    );
  }
  const marked = concealed(values, marks, concealing) as JsonRecord;
  const named = concealedByName(type, marked, concealing, isSensitiveAttribute) as JsonRecord;
  return named === values ? values : concealedCopies(values, named);
}

/** Null says that there is no value, which is no secret. */
function concealedWhole(value: unknown, { texts, isShown }: Concealing): unknown {
  if (value === null || value === undefined) return value;
  const parsed = typeof value === "string" ? parsedDocument(value) : value;
  const document = concealedDocument(parsed, texts, isShown);
  if (document === undefined) return texts.marker(value);
  return typeof value === "string" ? JSON.stringify(document) : document;
}

function parsedDocument(text: string): unknown {
  if (!/^\s*\{/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function hasMark(marks: unknown): boolean {
  if (marks === true) return true;
  if (Array.isArray(marks)) return marks.some(hasMark);
  return isRecord(marks) && Object.values(marks).some(hasMark);
}

type IsSensitive = (type: string, name: string) => boolean;

/** Of what stands in blocks only text is taken for a secret: `credentials` is a block, `password_required` no text. */
function concealedByName(
  type: string,
  value: unknown,
  concealing: Concealing,
  isSensitive: IsSensitive,
): unknown {
  if (Array.isArray(value))
    return mapped(value, (item) => concealedByName(type, item, concealing, isSensitiveName));
  if (!isRecord(value)) return value;
  let copy: Record<string, unknown> | undefined;
  for (const [name, item] of Object.entries(value)) {
    const isOwn = isSensitive === isSensitiveAttribute || holdsText(item);
    const next =
      isOwn && isSensitive(type, name)
        ? concealedSecret(item, concealing)
        : typeof item === "object"
          ? concealedByName(type, item, concealing, isSensitiveName)
          : item;
    if (next === item) continue;
    copy ??= { ...value };
    copy[name] = next;
  }
  return copy ?? value;
}

function concealedSecret(value: unknown, concealing: Concealing): unknown {
  return value === "" || typeof value === "boolean" ? value : concealedWhole(value, concealing);
}

function holdsText(value: unknown): boolean {
  return (
    typeof value === "string" || (Array.isArray(value) && value.some((item) => typeof item === "string"))
  );
}

function mapped(items: readonly unknown[], change: (item: unknown) => unknown): readonly unknown[] {
  const changed = items.map(change);
  return changed.some((item, index) => item !== items[index]) ? changed : items;
}

/** Shorter texts are found everywhere by chance. */
const SHORTEST_COPY = 4;

/** A name that is sensitive stands in the ARN and the id of its resource, too, which nobody marks. */
function concealedCopies(values: JsonRecord, named: JsonRecord): JsonRecord {
  const copies = Object.entries(values).flatMap(([name, value]) =>
    typeof value === "string" &&
    value.length >= SHORTEST_COPY &&
    named[name] !== value &&
    !value.includes("{")
      ? [[value, String(named[name])] as const]
      : [],
  );
  if (copies.length === 0) return named;
  return Object.fromEntries(
    Object.entries(named).map(([name, value]) => [
      name,
      typeof value === "string" && value === values[name] ? withoutCopies(value, copies) : value,
    ]),
  );
}

function withoutCopies(text: string, copies: readonly (readonly [secret: string, marker: string])[]): string {
  return copies.reduce((rest, [secret, marker]) => rest.split(secret).join(marker), text);
}
