import { defineDetection } from "../detection";
import { lastOf } from "../event/account-event";
import { declaredWords, quoted, userWords } from "../event/words";
import { callsOf } from "../pattern/fragments";

export const QUARANTINE_ATTACHED = defineDetection({
  id: "quarantine-attached",
  title: "AWS has quarantined a user",
  severity: "critical",
  place: "global",
  responds: true,
  why: "AWS attaches AWSCompromisedKeyQuarantine to a user whose key it found in public. The policy denies the owner to end the key himself, and leaves sessions and sts:AssumeRole alone.",
  example: {
    told: "AWS attaches AWSCompromisedKeyQuarantineV3 to user work.",
    notTold: "An administrator attaches ReadOnlyAccess to user work.",
  },
  reference: {
    title: "AWSCompromisedKeyQuarantineV3",
    url: "https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCompromisedKeyQuarantineV3.html",
  },
  since: "0.2.0",
  pattern: ({ partition }) =>
    callsOf("iam", ["AttachUserPolicy"], {
      requestParameters: {
        policyArn: [{ wildcard: `arn:${partition}:iam::aws:policy/AWSCompromisedKeyQuarantine*` }],
      },
    }),
  judge: (event, scope) => {
    const name = event.parameter("userName");
    const declared = declaredWords(name, scope);
    return {
      what: `attached ${quoted(lastOf(event.parameter("policyArn")) ?? "a quarantine")} to ${name === undefined ? "a user" : userWords(name, scope)}`,
      subject: name ?? "?",
      ...(declared !== undefined && { declared }),
    };
  },
});
