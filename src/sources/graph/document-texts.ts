import { UNKNOWN_PART, type Unknown } from "../../iam/graph";
import type { PolicyDocument } from "../../iam/policy-document";
import { repeatedKey } from "../file/repeated-key";
import { described } from "../resource/access-source-error";
import { isRecord, type JsonRecord } from "../resource/json-shape";
import { isUnknownValue, type UnknownParts, UnknownValue } from "../resource/unknown-parts";

/**
 * Reads policy documents out of attributes. Equal texts give the same object, so that a document that a thousand
 * users carry, or that a plan has before and after, is in memory once.
 *
 * The shape is checked only as far as a graph needs it (an object with statements); whether IAM would take the
 * document is for the evaluation to judge.
 */
export class DocumentTexts {
  private readonly documents = new Map<string, PolicyDocument>();

  /**
   * @param value JSON text (may have marks of unknown parts), an object, an unknown, or nothing
   * @param note is told of every unknown part in a document that is otherwise known
   * @returns an unknown, with its reason, for what is no policy document
   */
  read(
    value: unknown,
    location: string,
    parts: UnknownParts,
    note: (unknown: Unknown) => void,
  ): PolicyDocument | Unknown {
    if (value === undefined) return new UnknownValue(location, "there is no document");
    if (isUnknownValue(value)) return new UnknownValue(location, value.reason);
    if (typeof value !== "string") return shaped(value, location, described(value));
    const present = this.documents.get(value);
    const unknowns = parts.in(value);
    const whole = parts.whole(value);
    if (whole !== undefined) return new UnknownValue(location, whole.reason);
    const document = present ?? this.parse(value, location, parts.plain(value), unknowns);
    if (!isUnknownValue(document)) {
      this.documents.set(value, document);
      for (const { reason } of unknowns) note(new UnknownValue(location, reason));
    }
    return document;
  }

  private parse(
    key: string,
    location: string,
    text: string,
    unknowns: readonly Unknown[],
  ): PolicyDocument | UnknownValue {
    let parsed: unknown;
    try {
      parsed = JSON.parse(text);
    } catch {
      const [unknown] = unknowns;
      if (unknown !== undefined) return new UnknownValue(location, unknown.reason);
      return notADocument(location, described(key));
    }
    const repeated = repeatedKey(text);
    if (repeated !== undefined) {
      const name = repeated.path.at(-1) ?? "";
      return notADocument(location, `the key ${name} twice, which IAM refuses or reads either way`);
    }
    return shaped(parsed, location, described(key), unknowns);
  }
}

/** A single statement becomes a list of one, and a document without Version is one of 2008-10-17, as IAM reads it. */
function shaped(
  value: unknown,
  location: string,
  got: string,
  unknowns: readonly Unknown[] = [],
): PolicyDocument | UnknownValue {
  if (!isRecord(value)) return notADocument(location, got);
  const { Statement: statement, Version: version } = value;
  const statements = Array.isArray(statement) ? (statement as readonly unknown[]) : [statement];
  const open = statements.find((one) => isOpen(one) || (isRecord(one) && isOpen(one["Effect"])));
  if (open !== undefined) {
    return new UnknownValue(
      location,
      unknowns[0]?.reason ?? "a statement, or its effect, is known only after apply",
    );
  }
  if (!statements.every(isRecord)) return notADocument(location, got);
  const read = statements.map(withConditions);
  const isSame = Array.isArray(statement) && read.every((one, index) => one === statements[index]);
  return {
    ...(version === undefined && { Version: "2008-10-17" }),
    ...value,
    Statement: isSame ? statement : read,
  } as unknown as PolicyDocument;
}

function isOpen(value: unknown): boolean {
  return isUnknownValue(value) || (typeof value === "string" && value.includes(UNKNOWN_PART));
}

/** Conditions that are not known as a whole are some condition: whether it holds, nobody can say. */
function withConditions(statement: JsonRecord): JsonRecord {
  const { Condition: condition } = statement;
  const some = { [UNKNOWN_PART]: UNKNOWN_PART };
  if (isOpen(condition)) return { ...statement, Condition: { StringEquals: some } };
  if (!isRecord(condition) || !Object.values(condition).some(isOpen)) return statement;
  const known = Object.entries(condition).map(([operator, keys]) => [operator, isOpen(keys) ? some : keys]);
  return { ...statement, Condition: Object.fromEntries(known) as JsonRecord };
}

/** One odd document says nothing about the others: it is not known, and why is told. */
function notADocument(location: string, got: string): UnknownValue {
  return new UnknownValue(location, `expected a policy document, JSON with a Statement, got ${got}`);
}
