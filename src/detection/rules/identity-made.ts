import { defineDetection } from "../detection";
import { declaredWords, quoted } from "../event/words";
import { callsOf, notBySessionsOf } from "../pattern/fragments";

export const IDENTITY_MADE = defineDetection({
  id: "identity-made",
  title: "A user or role was made or renamed outside of a deployment",
  severity: "medium",
  otherSeverities: ["high"],
  place: "global",
  why: "An identity that no environment declares is under no guard and no key rule: the usual way to stay after a break-in. A renamed user leaves its trusts and rules.",
  example: {
    told: "The admin role makes the user backup-svc.",
    notTold: "The deployment role makes the device that the environment declares.",
  },
  reference: {
    title: "CreateUser",
    url: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html",
  },
  since: "0.2.0",
  pattern: (scope) =>
    callsOf(
      "iam",
      ["CreateUser", "UpdateUser", "DeleteUser", "CreateRole", "CreateGroup"],
      notBySessionsOf(scope.deploymentRoles),
    ),
  judge: (event, scope) => {
    const user = event.parameter("userName");
    const name = user ?? event.parameter("roleName") ?? event.parameter("groupName") ?? "?";
    const renamed = event.parameter("newUserName") ?? event.parameter("newPath");
    const kind = event.name.replace(/^(Create|Update|Delete)/, "").toLowerCase();
    const verb = event.name.startsWith("Create")
      ? "made"
      : event.name.startsWith("Delete")
        ? "deleted"
        : "renamed";
    const declared = declaredWords(user, scope);
    return {
      what: `${verb} ${kind} ${quoted(name)}${renamed === undefined ? "" : ` to ${quoted(renamed)}`}`,
      severity: user !== undefined && event.name === "CreateUser" ? "high" : "medium",
      subject: `${event.name} ${name}`,
      ...(declared !== undefined && { declared }),
    };
  },
});
