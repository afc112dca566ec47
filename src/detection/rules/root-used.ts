import { defineDetection } from "../detection";
import { quoted } from "../event/words";
import { API_CALL, CONSOLE_ACTION, CONSOLE_SIGN_IN } from "../pattern/known-events";

export const ROOT_USED = defineDetection({
  id: "root-used",
  title: "The root user was used",
  severity: "critical",
  place: "both",
  why: "No policy limits root, and this baseline needs it for recovery alone. GuardDuty calls its use a finding of low severity, and the credential report tells of it days later.",
  example: {
    told: "Root signs in to the console, or calls s3:ListBuckets with a key.",
    notTold: "A service acts for root by itself (invokedBy), such as a scheduled backup.",
  },
  reference: {
    title: "CIS AWS Foundations v7.0.0, 2.7",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html",
  },
  since: "0.2.0",
  pattern: () => ({
    "detail-type": [API_CALL, CONSOLE_SIGN_IN, CONSOLE_ACTION],
    detail: { userIdentity: { type: ["Root"], invokedBy: [{ exists: false }] } },
  }),
  judge: (event, { environment }) => {
    const signIn = event.name === "ConsoleLogin";
    const result = event.text("detail.responseElements.ConsoleLogin");
    return {
      what: signIn
        ? `signed in to the console (${quoted(result ?? "result not known")})`
        : `called ${quoted(event.text("detail.eventSource")?.replace(".amazonaws.com", "") ?? "AWS")}:${quoted(event.name)}`,
      declared: `environment ${environment} needs root for recovery alone`,
      subject: signIn ? "sign-in" : "calls",
    };
  },
});
