import { AccessSourceError, described } from "./access-source-error";
import { SOURCE_INVALID } from "./source-refusals";
import { isUnknownValue } from "./unknown-parts";

export type JsonRecord = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isUnknownValue(value);
}

/** A value as an object. @throws AccessSourceError when it is none */
export function record(value: unknown, location: string, remedy: string): JsonRecord {
  if (isRecord(value)) return value;
  throw new AccessSourceError(SOURCE_INVALID, {
    location,
    expected: "an object",
    got: described(value),
    remedy,
  });
}

/** An optional list: absent and null are empty. @throws AccessSourceError when it is something else */
export function list(value: unknown, location: string, remedy: string): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value;
  throw new AccessSourceError(SOURCE_INVALID, {
    location,
    expected: "a list",
    got: described(value),
    remedy,
  });
}

/** @throws AccessSourceError when it is no string */
export function string(value: unknown, location: string, remedy: string): string {
  if (typeof value === "string") return value;
  throw new AccessSourceError(SOURCE_INVALID, {
    location,
    expected: "a string",
    got: described(value),
    remedy,
  });
}

/** Nested blocks, which Terraform's JSON writes as one object or as a list of them. */
export function blocks(value: unknown): readonly JsonRecord[] {
  if (Array.isArray(value)) return value.filter(isRecord);
  return isRecord(value) ? [value] : [];
}
