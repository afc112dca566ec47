import { defineRule } from "../../../findings/rule";
import { grantsOf } from "../../../iam/comparison/grant";
import { knownDocuments } from "../../principals/placed-policies";
import { type Draft, listed } from "../../review-finding";
import { newMethods, spelled } from "../../weight";
import { type Gain, GRANT_IF_MEANT, gainEvidence } from "./gain";

export const ESCALATION_GAINED = defineRule({
  id: "escalation-gained",
  area: "review",
  title: "A principal gets an action by which lesser rights become greater ones",
  severities: ["high"],
  why: "Actions such as iam:PassRole, iam:CreatePolicyVersion or sts:AssumeRole let their holder act with rights that no policy of its own gives. What can be reached through them has to be judged, not what they are called.",
  example: {
    before: '{ "Effect": "Allow", "Action": "lambda:GetFunction", "Resource": "*" }',
    after: '{ "Effect": "Allow", "Action": ["lambda:GetFunction", "iam:PassRole"], "Resource": "*" }',
  },
  remedy: GRANT_IF_MEANT,
  reference: {
    title: "Granting a user permissions to pass a role to an AWS service",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
  },
  since: "0.1.0",
});

/** Ways up that are listed as evidence. */
const MOST_METHODS = 8;

export function escalationGained(gain: Gain): Draft {
  const { weight, difference, context } = gain;
  const written = new Set(
    difference.atoms.flatMap(({ actions }) => (actions.negated ? [] : actions.patterns)),
  );
  const hidden = weight.escalations.filter((action) => !written.has(action));
  const names = hidden.length === 0 ? "" : ` (${listed(hidden.map(spelled), 3)})`;
  const methods = newMethods(
    knownDocuments(context.before).flatMap(grantsOf),
    knownDocuments(context.after).flatMap(grantsOf),
  );
  return {
    ...gain.base,
    rule: ESCALATION_GAINED,
    severity: gain.severity,
    category: "access",
    predicate: `gains ${gain.text}, a way to further rights${names}${gain.through}`,
    evidence: [
      ...gainEvidence(gain),
      ...methods.slice(0, MOST_METHODS).map((method) => `  way up: ${method}`),
    ],
  };
}
