import { defineDetection } from "../detection";
import { lastOf } from "../event/account-event";
import { quoted } from "../event/words";
import { callsOf } from "../pattern/fragments";

export const ROOT_SESSION = defineDetection({
  id: "root-session",
  title: "The organization acted as root of a member account",
  severity: "critical",
  place: "both",
  why: "With centralized root access the management account starts root sessions of member accounts by sts:AssumeRoot: to unlock a bucket, or to make root a password again.",
  example: {
    told: "The management account calls AssumeRoot for this account with IAMCreateRootUserPassword.",
    notTold: "Somebody assumes a role.",
  },
  reference: {
    title: "AssumeRoot",
    url: "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html",
  },
  since: "0.2.0",
  pattern: () => callsOf("sts", ["AssumeRoot"]),
  judge: (event) => {
    const task = lastOf(event.text("detail.requestParameters.taskPolicyArn.arn"));
    return {
      what: `started a session as root of account ${quoted(event.parameter("targetPrincipal") ?? "?")}${task === undefined ? "" : ` with the task ${quoted(task)}`}`,
      subject: `${event.parameter("targetPrincipal") ?? "?"} ${task ?? ""}`,
    };
  },
});
