import { defineRule } from "../../../findings/rule";
import type { Draft } from "../../review-finding";
import { type Gain, GRANT_IF_MEANT, gainEvidence } from "./gain";

export const ADMINISTRATOR_GAINED = defineRule({
  id: "administrator-gained",
  area: "review",
  title: "A principal gets administrator rights, or a role that has them",
  severities: ["critical", "high", "info"],
  why: "Whoever may do everything, or write any policy or key of IAM, holds the account: nothing else that is reviewed limits it any more. A role behind MFA and a network that gains a named user weighs high, everything else critical; in an environment that comes new such a role is told as creation.",
  example: {
    before: '{ "Effect": "Allow", "Action": "s3:*", "Resource": "*" }',
    after: '{ "Effect": "Allow", "Action": "*", "Resource": "*" }',
  },
  remedy: GRANT_IF_MEANT,
  reference: {
    title: "IAM best practices: apply least-privilege permissions",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
  },
  since: "0.1.0",
});

export function administratorGained(gain: Gain): Draft {
  return {
    ...gain.base,
    rule: ADMINISTRATOR_GAINED,
    severity: gain.severity,
    category: "access",
    predicate: `gains administrator rights: ${gain.text}${gain.through}`,
    evidence: gainEvidence(gain),
  };
}
