import type { PolicyDocument } from "../../iam/policy-document";
import { isRecord } from "../../sources/resource/json-shape";
import { type AttributeDifference, parsedJson } from "./attribute-difference";
import type { ChangedAttribute } from "./resource-fact";
import { valueDifferences } from "./value-difference";

/**
 * An attribute's difference as what is told: a policy whole, everything else by the smallest parts that differ.
 *
 * @param declaredSide which of the two values is the declared one
 */
export function changedAttributes(
  { attribute, before, after }: AttributeDifference,
  declaredSide: "before" | "after",
): readonly ChangedAttribute[] {
  const [declared, actual] = declaredSide === "before" ? [before, after] : [after, before];
  const documents = { declared: policyIn(declared), actual: policyIn(actual) };
  const isPolicy = documents.declared !== undefined || documents.actual !== undefined;
  if (isPolicy && isPolicyOrNothing(declared) && isPolicyOrNothing(actual)) {
    return [{ name: attribute, path: attribute, declared, actual, documents }];
  }
  return valueDifferences(attribute, declared, actual).map((difference) => ({
    name: attribute,
    ...difference,
  }));
}

/** The policy document in a text; undefined where it holds none. */
export function policyIn(value: unknown): PolicyDocument | undefined {
  const document = parsedJson(value);
  if (!isRecord(document)) return undefined;
  const { Statement: statement } = document;
  const statements = Array.isArray(statement) ? statement : [statement];
  if (!statements.every((item) => isRecord(item) && typeof item["Effect"] === "string")) return undefined;
  return { Version: "2008-10-17", ...document, Statement: statements } as unknown as PolicyDocument;
}

function isPolicyOrNothing(value: unknown): boolean {
  return value === undefined || value === null || value === "" || policyIn(value) !== undefined;
}
