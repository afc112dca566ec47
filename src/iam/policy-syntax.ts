import type { Violation } from "../findings/violation";
import type { PolicyDocument, Statement } from "./policy-document";
import type { PolicyDocumentKind } from "./syntax/document-kind";
import {
  documentPlace,
  type Place,
  POLICY_ELEMENT_INVALID,
  SID_REPEATED,
  type SyntaxFindings,
} from "./syntax/findings";
import { checkCharacters, isRecord, readJson } from "./syntax/json-text";
import { readStatement } from "./syntax/statement-syntax";

/**
 * @example
 * ```ts
 * import { type ParsedPolicy, parsePolicyDocument } from "iam-baseline/iam";
 *
 * const parsed: ParsedPolicy = parsePolicyDocument("{}", "identity", "policy.json");
 * parsed.ok ? [] : parsed.problems.map(({ code }) => code); // ["policy-element-invalid"]
 * ```
 */
export type ParsedPolicy =
  | {
      readonly ok: true;
      readonly document: PolicyDocument;
      /** What IAM may refuse, or takes and a reader should know. */
      readonly warnings: readonly Violation[];
    }
  | { readonly ok: false; readonly problems: readonly Violation[] };

const ELEMENTS = ["Version", "Id", "Statement"];

/**
 * Reads a policy document as IAM would: what IAM refuses is a problem with its place. Every problem is
 * reported, not only the first. In what is read, statements are a list, a missing version is 2008-10-17 (whose
 * policy variables are plain text), and condition values are texts.
 *
 * @param json The document as JSON text, or as the value it stands for. An unknown part is `UNKNOWN_PART`.
 * @param location Where it is, for messages: `aws_iam_policy.guard.policy`.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 * @example
 * ```ts
 * import { parsePolicyDocument } from "iam-baseline/iam";
 *
 * const written = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"GetObject","Resource":"*"}}';
 * const parsed = parsePolicyDocument(written, "identity", "policy.json");
 * parsed.ok ? "" : parsed.problems[0]?.location; // "policy.json: Statement.Action"
 * ```
 */
export function parsePolicyDocument(json: unknown, kind: PolicyDocumentKind, location: string): ParsedPolicy {
  const findings: SyntaxFindings = { problems: [], warnings: [] };
  const place = documentPlace(location, findings);
  const document = readDocument(json, kind, place, findings);
  if (document === undefined || findings.problems.length > 0)
    return { ok: false, problems: findings.problems };
  return { ok: true, document, warnings: findings.warnings };
}

function readDocument(
  json: unknown,
  kind: PolicyDocumentKind,
  place: Place,
  findings: SyntaxFindings,
): PolicyDocument | undefined {
  const value = typeof json === "string" ? readJson(json, place) : json;
  if (findings.problems.length > 0 && value === undefined) return undefined;
  if (!isRecord(value)) {
    place.problem(
      POLICY_ELEMENT_INVALID,
      "a policy document as an object",
      value,
      'write {"Version": "2012-10-17", "Statement": [...]}',
    );
    return undefined;
  }
  checkCharacters(value, place);
  for (const name of Object.keys(value)) {
    if (!ELEMENTS.includes(name)) {
      place
        .at(`.${name}`)
        .problem(
          POLICY_ELEMENT_INVALID,
          `an element of a document (${ELEMENTS.join(", ")})`,
          name,
          "remove it",
        );
    }
  }
  const { Id, Version } = value;
  if (Id !== undefined && typeof Id !== "string")
    place.at(".Id").problem(POLICY_ELEMENT_INVALID, "an Id as a text", Id, "write it as a text");
  const version = readVersion(Version, kind, place.at(".Version"));
  const statements = readStatements(value["Statement"], kind, place);
  return { Version: version, ...(typeof Id === "string" ? { Id } : {}), Statement: statements };
}

function readVersion(value: unknown, kind: PolicyDocumentKind, place: Place): PolicyDocument["Version"] {
  if (value === "2012-10-17") return value;
  if (value !== undefined && value !== "2008-10-17") {
    place.problem(POLICY_ELEMENT_INVALID, '"2012-10-17" or "2008-10-17"', value, "write 2012-10-17");
  } else if (kind !== "trust") {
    place.warn(
      POLICY_ELEMENT_INVALID,
      '"2012-10-17"',
      value,
      "write 2012-10-17: managed policies need it, and so do policy variables",
    );
  }
  return "2008-10-17";
}

function readStatements(value: unknown, kind: PolicyDocumentKind, place: Place): readonly Statement[] {
  const at = place.at(".Statement");
  if (isRecord(value)) {
    const only = readStatement(value, kind, at);
    return only === undefined ? [] : [only];
  }
  if (!Array.isArray(value) || value.length === 0) {
    at.problem(POLICY_ELEMENT_INVALID, "at least one statement", value, "add a statement");
    return [];
  }
  const sids = new Set<string>();
  const statements: Statement[] = [];
  for (const [index, item] of value.entries()) {
    const statement = readStatement(item, kind, at.at(`[${index}]`));
    if (statement === undefined) continue;
    const { Sid = "" } = statement;
    if (Sid !== "" && sids.has(Sid))
      at.at(`[${index}].Sid`).problem(SID_REPEATED, "each Sid once", Sid, "rename one of the two");
    sids.add(Sid);
    statements.push(statement);
  }
  return statements;
}
