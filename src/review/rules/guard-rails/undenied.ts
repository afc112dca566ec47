import { type Clause, clauseText } from "../../../iam/comparison/clause";
import { grantsOf } from "../../../iam/comparison/grant";
import { setsMeet } from "../../../iam/comparison/pattern-sets";
import { listOf, type Statement } from "../../../iam/policy-document";
import { knownDocuments, throughText } from "../../principals/placed-policies";
import { type Draft, listed } from "../../review-finding";
import { statementDiff } from "../../statement-diff";
import { atomsText } from "../../weight";
import { addressOf, type PolicyContext, placedBy, sameSid } from "../access/policy-context";
import { denyRemoved } from "./deny-removed";
import { denyWeakened } from "./deny-weakened";
import { conditionsOfDeny } from "./deny-words";
import { guardRemoved } from "./guard-removed";
import { isGuardStatement } from "./guard-statement";
import { guardWeakened } from "./guard-weakened";
import type { LostDeny, Undenied } from "./lost-deny";

/** What a principal was denied and is not any more: of a guard or another Deny, gone or weaker. */
export function undenied(difference: Undenied, context: PolicyContext): Draft {
  const { principal, subject, before, after } = context;
  const { statement } = difference.grant;
  const placed = placedBy(statement, before, principal.permissionsBoundary);
  const current =
    difference.but?.grant.statement ?? sameSid(difference, after) ?? nearestDeny(statement, context);
  const isGone = difference.but === undefined && current === undefined;
  const lost: LostDeny = {
    difference,
    base: {
      address: addressOf(placed, principal),
      subjects: [subject],
      evidence: statementDiff(statement, current),
    },
    isDenied: deniedText(difference, current, throughText(placed)),
  };
  if (isGuardStatement(statement)) return isGone ? guardRemoved(lost) : guardWeakened(lost);
  return isGone ? denyRemoved(lost) : denyWeakened(lost);
}

/** A Deny that the change brings and that denies part of what this one did: it was rewritten, and is not gone. */
function nearestDeny(statement: Statement, { before, after }: PolicyContext): Statement | undefined {
  const all = (placed: typeof before) => knownDocuments(placed).flatMap((document) => document.Statement);
  const kept = new Set(all(before).map((each) => JSON.stringify(each)));
  const [own] = grantsOf({ Version: "2012-10-17", Statement: [statement] });
  return all(after).find((each) => {
    if (each.Effect !== "Deny" || kept.has(JSON.stringify(each))) return false;
    const [other] = grantsOf({ Version: "2012-10-17", Statement: [each] });
    return own !== undefined && other !== undefined && setsMeet(own.actions, other.actions);
  });
}

function deniedText(difference: Undenied, current: Statement | undefined, through: string): string {
  const where = conditionsOfDeny(difference.grant.clauses);
  const added = difference.but?.clauses ?? [];
  if (added.length > 0) {
    return `denied ${atomsText(difference.atoms)}${where} only if also ${added.map(clauseText).join(" and ")}${neverMeets(added)}`;
  }
  const spared = newlySpared(difference.grant.statement, current);
  return `no longer denied ${spared ?? atomsText(difference.atoms)}${where}${through}`;
}

/** Actions that a Deny of everything else spares now. */
function newlySpared(before: Statement, after: Statement | undefined): string | undefined {
  if (before.NotAction === undefined || after?.NotAction === undefined) return undefined;
  const spared = new Set(listOf(before.NotAction).map((action) => action.toLowerCase()));
  const more = listOf(after.NotAction).filter((action) => !spared.has(action.toLowerCase()));
  return more.length === 0 ? undefined : listed(more);
}

/** The trap that common recipes fall into deserves its own words. */
function neverMeets(clauses: readonly Clause[]): string {
  return clauses.some(({ operator, key }) => operator === "Bool" && key === "aws:multifactorauthpresent")
    ? ": a long-term access key sends no such key, so that the Deny never meets it"
    : "";
}
