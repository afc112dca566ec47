import { defineRule } from "../../../findings/rule";
import type { Role } from "../../../iam/graph";
import type { Pair } from "../../principals/principal-pairs";
import type { Draft } from "../../review-finding";
import { aboutIdentity } from "./identity-sides";
import { hoursText } from "./session-text";

export const SESSION_SHORTENED = defineRule({
  id: "session-shortened",
  area: "review",
  title: "A role gives shorter sessions",
  severities: ["info"],
  why: "Shorter sessions are no danger to the account; whoever asks for longer ones is refused after the apply.",
  example: { before: "max_session_duration = 43200", after: "max_session_duration = 3600" },
  remedy: "Nothing, if it is meant.",
  since: "0.1.0",
});

export function sessionShortened({ before, after }: Pair<Role>): readonly Draft[] {
  if (before === undefined || after === undefined) return [];
  if (after.maxSessionDuration <= 0 || after.maxSessionDuration >= before.maxSessionDuration) return [];
  return [
    {
      ...aboutIdentity(after),
      rule: SESSION_SHORTENED,
      severity: "info",
      category: "conditions",
      predicate: `gives sessions of ${hoursText(after.maxSessionDuration)} instead of ${hoursText(before.maxSessionDuration)}`,
      isNote: true,
    },
  ];
}
