import { defineDetection } from "../detection";
import { declaredWords, quoted } from "../event/words";
import { CONSOLE_SIGN_IN } from "../pattern/known-events";

export const CONSOLE_SIGN_IN_OF_USER = defineDetection({
  id: "console-sign-in",
  title: "An IAM user signed in to the console, or tried to",
  severity: "critical",
  otherSeverities: ["high"],
  place: "both",
  why: "No user of this baseline has a password. A sign-in means that somebody made one; a failed one, that somebody tries names and passwords.",
  example: {
    told: "User work signs in to the console with a password.",
    notTold: "Somebody comes to the console through a role (federation), which is no sign-in of an IAM user.",
  },
  reference: {
    title: "AWS console sign-in events",
    url: "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html",
  },
  since: "0.2.0",
  pattern: () => ({
    "detail-type": [CONSOLE_SIGN_IN],
    detail: { eventName: ["ConsoleLogin"], userIdentity: { type: ["IAMUser"] } },
  }),
  judge: (event, scope) => {
    const worked = event.text("detail.responseElements.ConsoleLogin") === "Success";
    const mfa = event.text("detail.additionalEventData.MFAUsed");
    const name = event.actor.userName;
    return {
      what: `${worked ? "signed in to the console with a password" : "failed to sign in to the console"} (MFA used: ${quoted(mfa ?? "not known")})`,
      severity: worked ? "critical" : "high",
      subject: `${name ?? "?"} ${worked}`,
      ...declaredPart(declaredWords(name, scope)),
    };
  },
});

function declaredPart(declared: string | undefined) {
  return declared === undefined ? {} : { declared: `${declared}; its users have no passwords` };
}
