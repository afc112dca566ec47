import { defineDetection } from "../detection";
import { iamArn, scopePaths } from "../detection-scope";
import { quoted } from "../event/words";
import { API_CALL, CONSOLE_SIGN_IN } from "../pattern/known-events";

export const BREAK_GLASS_USED = defineDetection({
  id: "break-glass-used",
  title: "A break-glass user was used",
  severity: "critical",
  place: "both",
  reads: true,
  why: "No rule ends the key of a break-glass user, so its use has to be seen: somebody recovers the account, or somebody else found the key.",
  example: {
    told: "The break-glass user starts a session, or lists buckets.",
    notTold: "A device user does so.",
  },
  reference: {
    title: "Break glass access",
    url: "https://docs.aws.amazon.com/whitepapers/latest/organizing-your-aws-environment/break-glass-access.html",
  },
  since: "0.2.0",
  pattern: (scope) => ({
    "detail-type": [API_CALL, CONSOLE_SIGN_IN],
    detail: {
      userIdentity: { arn: [{ prefix: iamArn(scope, `user${scopePaths(scope).breakGlass}`) }] },
    },
  }),
  judge: (event, scope) => ({
    what: `called ${quoted(event.text("detail.eventSource")?.replace(".amazonaws.com", "") ?? "AWS")}:${quoted(event.name)}`,
    subject: event.actor.userName ?? "?",
    declared: `environment ${scope.environment} keeps it for the day when everything else is locked`,
  }),
});
