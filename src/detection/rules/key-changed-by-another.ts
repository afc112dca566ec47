import { defineDetection } from "../detection";
import { functionRoles } from "../detection-scope";
import { declaredUser, declaredWords, userWords } from "../event/words";
import { callsOf, notBySessionsOf } from "../pattern/fragments";

const WORDS: Readonly<Record<string, string>> = {
  CreateAccessKey: "made an access key for",
  UpdateAccessKey: "changed an access key of",
  DeleteAccessKey: "deleted an access key of",
};

export const KEY_CHANGED_BY_ANOTHER = defineDetection({
  id: "key-changed-by-another",
  title: "An access key was made, changed or deleted by somebody else than its user",
  severity: "high",
  otherSeverities: ["medium"],
  place: "global",
  why: "A device makes and rotates its own key. Whoever makes one for another user can act as that user from then on, and keeps the key when he loses his own rights.",
  example: {
    told: "The admin role makes a key for user home.",
    notTold: "User work rotates its own key, naming itself in --user-name; the nightly run ends a key.",
  },
  reference: {
    title: "CreateAccessKey",
    url: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html",
  },
  since: "0.2.0",
  pattern: (scope) =>
    callsOf("iam", Object.keys(WORDS), {
      // who acts on himself need not say so: then there is no name
      requestParameters: { userName: [{ exists: true }] },
      ...notBySessionsOf(functionRoles(scope)),
    }),
  judge: (event, scope) => {
    const name = event.parameter("userName");
    // a rule on the bus cannot compare two fields
    if (name === undefined || name === event.actor.userName) return undefined;
    const status = event.parameter("status");
    // reactivation has a detection of its own
    if (status === "Active") return undefined;
    const first = event.name === "CreateAccessKey" && declaredUser(name, scope) !== undefined;
    const declared = declaredWords(name, scope);
    return {
      what: `${WORDS[event.name] ?? "changed an access key of"} ${userWords(name, scope)}${status === undefined ? "" : ` (${status})`}`,
      // a new device gets its first key from an administrator; to deactivate or delete one harms nobody for long
      severity: first || event.name !== "CreateAccessKey" ? "medium" : "high",
      subject: `${event.name} ${name}`,
      ...(declared !== undefined && { declared }),
    };
  },
});
