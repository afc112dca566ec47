import { defineDetection } from "../detection";
import { declaredWords, userWords } from "../event/words";
import { callsOf } from "../pattern/fragments";

export const PASSWORD_MADE = defineDetection({
  id: "password-made",
  title: "An IAM user got a password",
  severity: "critical",
  place: "global",
  why: "With a password a user signs in to the console: a second way in that no key rule ends, and that whoever made it knows.",
  example: {
    told: "An administrator calls CreateLoginProfile for user work.",
    notTold: "CreateLoginProfile is refused (AccessDenied): nothing was made.",
  },
  reference: {
    title: "CreateLoginProfile",
    url: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateLoginProfile.html",
  },
  since: "0.2.0",
  pattern: () => callsOf("iam", ["CreateLoginProfile", "UpdateLoginProfile", "ChangePassword"]),
  judge: (event, scope) => {
    const name = event.parameter("userName") ?? event.actor.userName;
    const declared = declaredWords(name, scope);
    return {
      what: `${event.name === "CreateLoginProfile" ? "made" : "changed"} the password of ${name === undefined ? "a user" : userWords(name, scope)}`,
      subject: name ?? "?",
      ...(declared !== undefined && { declared: `${declared}; its users have no passwords` }),
    };
  },
});
