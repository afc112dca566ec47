import { defineRule } from "../../../findings/rule";
import type { Draft } from "../../review-finding";
import { type Gain, gainEvidence } from "./gain";

export const RESOURCE_WIDENED = defineRule({
  id: "resource-widened",
  area: "review",
  title: "A principal may do on more resources what it could do on some",
  severities: ["high", "medium", "low"],
  why: "A statement that names its resources keeps a mistake, or a stolen key, to them. With a wider pattern the same actions reach what nobody thought of.",
  example: {
    before: '"Resource": "arn:aws:s3:::octo-uploads/alice/*"',
    after: '"Resource": "arn:aws:s3:::octo-uploads/*"',
  },
  remedy: "Name the resources that are needed, as before.",
  reference: {
    title: "IAM best practices: apply least-privilege permissions",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
  },
  since: "0.1.0",
});

export function resourceWidened(gain: Gain): Draft {
  return {
    ...gain.base,
    rule: RESOURCE_WIDENED,
    severity: gain.severity,
    category: "access",
    predicate: `gains ${gain.text}${gain.through}`,
    evidence: gainEvidence(gain),
  };
}
