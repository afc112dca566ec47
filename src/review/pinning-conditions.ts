import type { Clause } from "../iam/comparison/clause";
import { conditionKind } from "./condition-words";

/**
 * Whether conditions hold a statement for everybody to callers that somebody named: an account, an organization, a
 * network. A value that everybody can bring, such as `*` or `0.0.0.0/0`, names nobody, and neither does a condition
 * that a request without the key passes.
 */
export function isPinned(clauses: readonly Clause[], kinds: readonly string[]): boolean {
  return clauses.some(
    (clause) =>
      kinds.includes(conditionKind(clause).id) &&
      clause.parsed !== undefined &&
      !clause.parsed.negated &&
      !clause.parsed.ifExists &&
      clause.parsed.set !== "ForAllValues" &&
      clause.parsed.comparison.type !== "null" &&
      !clause.values.some(isOpen),
  );
}

function isOpen(value: string): boolean {
  if (/^[*?]*$/.test(value)) return true;
  // a network that is a good part of the internet
  const prefix = /^[\d.]+\/(\d+)$/.exec(value)?.[1] ?? /^[\da-f:]*:[\da-f:]*\/(\d+)$/i.exec(value)?.[1];
  if (prefix !== undefined) return Number(prefix) < 8;
  if (!value.startsWith("arn:")) return /^[*?]/.test(value);
  const [, , , , account = "", ...resource] = value.split(":");
  // names of buckets are unique without an account
  return account === "" ? /[*?]/.test(resource.join(":").split("/")[0] ?? "*") : /[*?]/.test(account);
}
