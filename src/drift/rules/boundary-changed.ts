import { defineRule } from "../../findings/rule";
import { accessChange } from "../../iam/comparison/access-change";
import type { AttachedPolicy } from "../../iam/graph";
import type { FactOf } from "../access-fact";
import { deployRemedy, lookAgainRemedy } from "../commands";
import { environmentFile } from "../drift-finding";
import type { AccessRule, Judgement } from "../drift-rule";
import { capitalized, principalText } from "../words";

export const BOUNDARY_CHANGED = defineRule({
  id: "boundary-changed",
  area: "drift",
  title: "A user or role has another permissions boundary than declared, or lost it",
  severities: ["high", "medium"],
  why: "The boundary is the most that its policies can give. Without it, or with a wider one, policies that were harmless are in force in full. It is medium where there is a boundary and none is declared, and where the declared one lets it do no less.",
  example: {
    before: "aws iam delete-role-permissions-boundary --role-name builder",
    after: "the role has its declared boundary again",
  },
  remedy: "Deploy the stack, which sets the declared boundary again.",
  reference: {
    title: "IAM: permissions boundaries",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html",
  },
  since: "0.1.0",
});

type Fact = FactOf<"boundary-changed">;

export const boundaryChanged: AccessRule<Fact, "boundary-changed"> = {
  declaration: BOUNDARY_CHANGED,
  judge,
  remedy: ({ address }, isRepaired, wording) =>
    isRepaired
      ? deployRemedy(address, wording)
      : lookAgainRemedy(address, wording, `or declare it in ${environmentFile(wording)}`),
  trail: ({ principal }) => ({
    resourceName: principal.name,
    events: ["Put", "Delete"].map((verb) => `${verb}${capitalized(principal.kind)}PermissionsBoundary`),
  }),
  undeployed: () => "its permissions boundary is to change",
};

function judge({ principal, declared, actual }: Fact): Judgement {
  const who = capitalized(principalText(principal));
  if (declared === undefined) {
    return {
      severity: "medium",
      message: `${who} has the permissions boundary ${actual?.name ?? ""}, and none is declared.`,
    };
  }
  if (actual === undefined) {
    return {
      severity: "high",
      message: `${who} lost its permissions boundary ${declared.name}: nothing limits its policies any more.`,
    };
  }
  const isNarrower = allowsNoMore(declared, actual);
  return {
    severity: isNarrower ? "medium" : "high",
    message: `${who} has the permissions boundary ${actual.name}, declared is ${declared.name}${isNarrower ? ", which lets it do no less" : ""}.`,
  };
}

/** Whether all that a boundary lets somebody do the declared one does, too; of one that is not known nobody knows it. */
function allowsNoMore({ document: declared }: AttachedPolicy, { document: actual }: AttachedPolicy): boolean {
  if ("unknown" in declared || "unknown" in actual) return false;
  const { gained, undenied } = accessChange({ identity: [declared] }, { identity: [actual] });
  return gained.length + undenied.length === 0;
}
