import { defineRule } from "../../findings/rule";
import type { FactOf } from "../access-fact";
import { deployRemedy, lookAgainRemedy } from "../commands";
import { environmentFile } from "../drift-finding";
import type { AccessRule } from "../drift-rule";
import { capitalized, principalText } from "../words";

export const PRINCIPAL_DELETED = defineRule({
  id: "principal-deleted",
  area: "drift",
  title: "A user, group or role that is declared was deleted",
  severities: ["high", "medium"],
  why: "A deleted group took its guard along: its members keep their roles and are held by nothing. A deleted user or role only cannot work any more; trust policies that named it now show a unique id.",
  example: {
    before: "aws iam delete-group --group-name developers",
    after: "the group is there again, with its guard and its members",
  },
  remedy: "Deploy the stack, which makes it again, or remove it from the environment.",
  since: "0.1.0",
});

type Fact = FactOf<"principal-deleted">;

export const principalDeleted: AccessRule<Fact, "principal-deleted"> = {
  declaration: PRINCIPAL_DELETED,
  judge({ principal }) {
    const isGroup = principal.kind === "group";
    const loss = isGroup ? ": its members lost what it gave them, the guard included" : "";
    return {
      severity: isGroup ? "high" : "medium",
      message: `${capitalized(principalText(principal))} is declared and was deleted${loss}.`,
    };
  },
  remedy({ address }, isRepaired, wording) {
    const keep = `if it is meant, remove it from ${environmentFile(wording)}`;
    return isRepaired ? deployRemedy(address, wording, keep) : lookAgainRemedy(address, wording, keep);
  },
  trail({ principal }) {
    const kind = capitalized(principal.kind);
    return { resourceName: principal.name, events: [`Delete${kind}`, `Update${kind}`] };
  },
  undeployed: () => "it is to be created or destroyed",
};
