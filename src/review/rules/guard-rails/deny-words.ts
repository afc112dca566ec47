import { type Clause, clauseText } from "../../../iam/comparison/clause";

/** To whom a Deny with conditions spoke: the one who meets them, in words. */
export function conditionsOfDeny(clauses: readonly Clause[]): string {
  return clauses.length === 0 ? "" : ` ${clauses.map(denyClauseText).join(" and ")}`;
}

/** A condition under which somebody was denied, as what it kept out: `without MFA`, `from outside of 203.0.113.0/24`. */
function denyClauseText(clause: Clause): string {
  const { key, parsed, values } = clause;
  const text = clauseText(clause);
  const isFalse = values.every((value) => value.toLowerCase() === "false");
  const isTrue = values.every((value) => value.toLowerCase() === "true");
  if (key === "aws:multifactorauthpresent") {
    if (parsed?.comparison.type === "null") return isTrue ? `without MFA (${text})` : `with MFA (${text})`;
    if (isFalse !== (parsed?.negated === true)) return `without MFA (${text})`;
    return `with MFA (${text})`;
  }
  if (key === "aws:multifactorauthage") return `with older MFA (${text})`;
  if (key === "aws:securetransport" && isFalse) return `without TLS (${text})`;
  if (/^aws:(?:sourceip|vpcsourceip|sourcevpc|sourcevpce)$/.test(key)) {
    const where = values.slice(0, 4).join(" | ");
    return parsed?.negated === true ? `from outside of ${where} (${text})` : `from ${where} (${text})`;
  }
  if (/^aws:principal(?:arn|orgid|account|tag)|^aws:(?:username|userid)/.test(key))
    return parsed?.negated === true ? `of all others (${text})` : `of those (${text})`;
  return `where ${text}`;
}
