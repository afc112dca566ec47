import { defineRule } from "../../findings/rule";
import type { FactOf } from "../access-fact";
import { deployRemedy, lookAgainRemedy } from "../commands";
import { environmentFile } from "../drift-finding";
import type { AccessRule, Judgement } from "../drift-rule";
import { principalText } from "../words";

export const PRINCIPAL_RECREATED = defineRule({
  id: "principal-recreated",
  area: "drift",
  title: "A user or role was deleted, and another one may have its name",
  severities: ["high", "medium"],
  why: "IAM knows principals by a unique id. A trust policy that named a deleted user shows that id, and a new user of the same name is not trusted; who made the new one holds its credentials. It is medium for an id that stands beside all declared names: somebody was let in by hand, and is gone.",
  example: {
    before: '"Principal": { "AWS": "arn:aws:iam::111122223333:user/baseline/device/work" }',
    after: '"Principal": { "AWS": "AIDA..." }',
  },
  remedy: "Find out who made it, and deploy the stack, which writes the names again.",
  reference: {
    title: "IAM: principals in a trust policy",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
  },
  since: "0.1.0",
});

type Fact = FactOf<"principal-recreated">;

export const principalRecreated: AccessRule<Fact, "principal-recreated"> = {
  declaration: PRINCIPAL_RECREATED,
  judge,
  remedy: ({ address }, isRepaired, wording) =>
    isRepaired
      ? deployRemedy(address, wording)
      : lookAgainRemedy(address, wording, `or declare it in ${environmentFile(wording)}`),
  trail({ arns: [arn = ""] }) {
    const name = arn.slice(arn.lastIndexOf("/") + 1);
    return name === ""
      ? undefined
      : { resourceName: name, events: ["CreateUser", "CreateRole", "DeleteUser", "DeleteRole"] };
  },
  undeployed: () => "it is to be created or destroyed",
};

function judge({ trustedBy, arns, trusting = [] }: Fact): Judgement {
  const names = arns.map((arn) => arn.split(":").slice(5).join(":"));
  const who = names.join(", ");
  if (trustedBy !== undefined && names.length === 0) {
    return {
      severity: "medium",
      message: `The trust policy of ${principalText(trustedBy)} shows the unique id of a principal that nobody declares and that was deleted: nobody comes in by it any more.`,
    };
  }
  return {
    severity: "high",
    message:
      trustedBy === undefined
        ? `${who} was deleted and made again outside of Terraform: it has another unique id, so policies that name it no longer mean it${trusting.length === 0 ? "" : ` (${trusting.join(", ")})`}.`
        : `The trust policy of ${principalText(trustedBy)} shows the unique id of a deleted principal (${who}): whoever has the name now is not trusted.`,
  };
}
