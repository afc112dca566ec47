import { defineRule } from "../../findings/rule";
import { holdsAdministratorRights } from "../../review/rules/trust/trust-settings";
import type { FactOf } from "../access-fact";
import { deployRemedy, lookAgainRemedy } from "../commands";
import { environmentFile } from "../drift-finding";
import type { AccessRule, Judgement } from "../drift-rule";
import { hoursText, principalText } from "../words";

export const SESSION_CHANGED = defineRule({
  id: "session-changed",
  area: "drift",
  title: "Sessions of a role may last longer or shorter than declared",
  severities: ["high", "medium", "low"],
  why: "Session credentials cannot be called back: what is stolen works until the session ends. It is high for a role with administrator rights, and low where sessions became shorter.",
  example: {
    before: "aws iam update-role --role-name admin --max-session-duration 43200",
    after: "a session lasts one hour, as declared",
  },
  remedy: "Deploy the stack, which sets the declared duration again.",
  reference: {
    title: "IAM: maximum session duration of a role",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-settings.html",
  },
  since: "0.1.0",
});

type Fact = FactOf<"session-changed">;

export const sessionChanged: AccessRule<Fact, "session-changed"> = {
  declaration: SESSION_CHANGED,
  judge,
  remedy: ({ address }, isRepaired, wording) =>
    isRepaired
      ? deployRemedy(address, wording)
      : lookAgainRemedy(address, wording, `or declare it in ${environmentFile(wording)}`),
  trail: ({ role }) => ({ resourceName: role.name, events: ["UpdateRole"] }),
  undeployed: ({ declaredSeconds }) => `its longest session is to become ${hoursText(declaredSeconds)}`,
};

function judge({ role, declaredSeconds, actualSeconds }: Fact): Judgement {
  const isLonger = actualSeconds > declaredSeconds;
  const risk = isLonger ? ": stolen session credentials work so much longer" : "";
  return {
    severity: isLonger ? (holdsAdministratorRights(role) ? "high" : "medium") : "low",
    message: `Sessions of ${principalText(role)} may last ${hoursText(actualSeconds)}, declared are ${hoursText(declaredSeconds)}${risk}.`,
  };
}
