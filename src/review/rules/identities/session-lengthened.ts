import { defineRule } from "../../../findings/rule";
import type { Role } from "../../../iam/graph";
import type { Pair } from "../../principals/principal-pairs";
import type { Draft } from "../../review-finding";
import { aboutIdentity, type IdentitySides } from "./identity-sides";
import { hoursText } from "./session-text";

export const SESSION_LENGTHENED = defineRule({
  id: "session-lengthened",
  area: "review",
  title: "A role gives longer sessions",
  severities: ["high", "medium"],
  why: "Session credentials cannot be taken back one by one: stolen ones work until the session ends. For an administrator role it weighs high.",
  example: { before: "max_session_duration = 3600", after: "max_session_duration = 43200" },
  remedy: "Keep sessions at one hour.",
  reference: {
    title: "Update the maximum session duration for a role",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-settings.html",
  },
  since: "0.1.0",
});

/** Seconds that a role has where nobody says it. */
const DEFAULT_DURATION = 3600;

export function sessionLengthened({ before, after }: Pair<Role>, sides: IdentitySides): readonly Draft[] {
  if (after === undefined) return [];
  const old = before?.maxSessionDuration ?? (sides.isNew ? after.maxSessionDuration : DEFAULT_DURATION);
  if (old <= 0 || after.maxSessionDuration <= old) return [];
  return [
    {
      ...aboutIdentity(after),
      rule: SESSION_LENGTHENED,
      severity: sides.isAdministrator(after) ? "high" : "medium",
      category: "conditions",
      predicate: `gives sessions of ${hoursText(after.maxSessionDuration)} instead of ${hoursText(old)}: stolen session credentials work as long`,
      evidence: [`- max_session_duration: ${old}`, `+ max_session_duration: ${after.maxSessionDuration}`],
    },
  ];
}
