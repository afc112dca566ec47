import { defineDetection } from "../detection";
import { declaredWords, userWords } from "../event/words";
import { callsOf } from "../pattern/fragments";

export const KEY_REACTIVATED = defineDetection({
  id: "key-reactivated",
  title: "An access key was set to Active again",
  severity: "medium",
  otherSeverities: ["low"],
  place: "global",
  why: "Deactivation is this baseline's way to end a key. Whoever undoes it ends the rule, and after a response the attacker is back.",
  example: {
    told: "User work sets its key to Active in the morning; an administrator does so after a response.",
    notTold: "A key is set to Inactive.",
  },
  reference: {
    title: "UpdateAccessKey",
    url: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccessKey.html",
  },
  since: "0.2.0",
  pattern: () => callsOf("iam", ["UpdateAccessKey"], { requestParameters: { status: ["Active"] } }),
  judge: (event, scope) => {
    const owner = event.actor.userName;
    const name = event.parameter("userName") ?? owner;
    const own = name !== undefined && name === owner;
    const declared = declaredWords(name, scope);
    return {
      what: `set an access key of ${name === undefined ? "a user" : userWords(name, scope)} to Active`,
      // owners do so in the morning, where their group allows it
      severity: own ? "low" : "medium",
      subject: name ?? "?",
      ...(declared !== undefined && { declared }),
    };
  },
});
