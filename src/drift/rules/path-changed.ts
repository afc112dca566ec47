import { defineRule } from "../../findings/rule";
import type { FactOf } from "../access-fact";
import { deployRemedy, lookAgainRemedy, runAws } from "../commands";
import { environmentFile } from "../drift-finding";
import type { AccessRule } from "../drift-rule";
import { capitalized, principalText } from "../words";

export const PATH_CHANGED = defineRule({
  id: "path-changed",
  area: "drift",
  title: "A user, group or role lies under another path than declared",
  severities: ["high"],
  why: "Paths say what a principal is: self-service, the nightly run and the guard's exceptions go by them. A user that was moved out of the path of devices keeps its rights, and no key rule ends its keys.",
  example: {
    before: "aws iam update-user --user-name work --new-path /baseline/break-glass/",
    after: "user work lies under /baseline/device/",
  },
  remedy: "Deploy the stack, which moves a user or group back and makes a role again.",
  since: "0.2.0",
});

type Fact = FactOf<"path-changed">;

export const pathChanged: AccessRule<Fact, "path-changed"> = {
  declaration: PATH_CHANGED,
  judge: ({ principal, declaredPath, actualPath }) => ({
    severity: "high",
    message: `${capitalized(principalText(principal))} lies under the path ${actualPath}, declared is ${declaredPath}: policies and key rules that go by the path no longer mean it.`,
  }),
  remedy({ address, principal: { kind, name }, declaredPath }, isRepaired, wording) {
    if (isRepaired) return deployRemedy(address, wording);
    if (kind === "role")
      return lookAgainRemedy(address, wording, `or declare it in ${environmentFile(wording)}`);
    return `${runAws(`update-${kind}`, [`${kind}-name`, name], ["new-path", declaredPath])}.`;
  },
  trail: ({ principal }) => ({
    resourceName: principal.name,
    events: [`Update${capitalized(principal.kind)}`, `Create${capitalized(principal.kind)}`],
  }),
  undeployed: ({ declaredPath }) => `it is to move to the path ${declaredPath}`,
};
