import { defineRule } from "../../../findings/rule";
import { clausesText } from "../../condition-words";
import { shownName } from "../../principals/principal-names";
import type { Draft } from "../../review-finding";
import type { TrustLoss } from "./trust-loss";

export const ROLE_UNREACHABLE = defineRule({
  id: "role-unreachable",
  area: "review",
  title: "Nobody can assume a role any more",
  severities: ["medium"],
  why: "Whoever works with the role is locked out of it with the next apply; for the only administrator role that is the whole account.",
  example: {
    before: '"Statement": [{ "Effect": "Allow", "Principal": { "AWS": ".../user/work" }, ... }]',
    after: '"Statement": [{ "Effect": "Deny", "Principal": "*", ... }]',
  },
  remedy: "Nothing, if it is meant.",
  since: "0.1.0",
});

export function roleUnreachable({ difference, role, base }: TrustLoss): Draft {
  return {
    ...base,
    rule: ROLE_UNREACHABLE,
    severity: "medium",
    category: "access",
    predicate:
      difference.but === undefined
        ? `loses role ${shownName(role.name)}`
        : `may assume role ${shownName(role.name)} only on narrower conditions: ${clausesText(difference.but.clauses)}`,
  };
}
