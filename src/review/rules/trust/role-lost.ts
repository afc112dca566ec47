import { defineRule } from "../../../findings/rule";
import { shownName } from "../../principals/principal-names";
import type { Draft } from "../../review-finding";
import type { TrustLoss } from "./trust-loss";

export const ROLE_LOST = defineRule({
  id: "role-lost",
  area: "review",
  title: "Somebody may no longer assume a role",
  severities: ["info"],
  why: "Less access is no danger to the account; it is told so that whoever needs the role hears of it before the apply.",
  example: {
    before: '"Principal": { "AWS": [".../user/work", ".../user/home"] }',
    after: '"Principal": { "AWS": [".../user/work"] }',
  },
  remedy: "Nothing, if it is meant.",
  since: "0.1.0",
});

export function roleLost({ role, base }: TrustLoss): Draft {
  return {
    ...base,
    rule: ROLE_LOST,
    severity: "info",
    category: "access",
    predicate: `loses role ${shownName(role.name)}`,
    isNote: true,
  };
}
