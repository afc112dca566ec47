import { defineRule } from "../../../findings/rule";
import type { Draft } from "../../review-finding";
import { type Gain, GRANT_IF_MEANT, gainEvidence } from "./gain";

export const ACCESS_GAINED = defineRule({
  id: "access-gained",
  area: "review",
  title: "A principal may do what it could not do before",
  severities: ["high", "medium", "low", "info"],
  why: "Every permission is one that whoever holds the credentials can use. Reading secrets, changing permissions and writing to anything weigh high, writing to named resources medium, reading low.",
  example: {
    before: '{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::site/*" }',
    after:
      '{ "Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "arn:aws:s3:::site/*" }',
  },
  remedy: GRANT_IF_MEANT,
  reference: {
    title: "IAM best practices: apply least-privilege permissions",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
  },
  since: "0.1.0",
});

export function accessGained(gain: Gain): Draft {
  return {
    ...gain.base,
    rule: ACCESS_GAINED,
    severity: gain.severity,
    category: "access",
    predicate: `gains ${gain.text}${gain.through}`,
    evidence: gainEvidence(gain),
  };
}

/** Actions of one service on resources of another: no request is ever what the statement allows. */
export function grantedInVain(gain: Gain): Draft {
  return {
    ...gain.base,
    rule: ACCESS_GAINED,
    severity: "info",
    category: "access",
    predicate: `is allowed ${gain.text}${gain.through}, which no request can be: the service has no such resource`,
    evidence: gainEvidence(gain),
    isNote: true,
  };
}
