import { defineRule } from "../../findings/rule";
import { accessChange } from "../../iam/comparison/access-change";
import { statementDiff } from "../../review/statement-diff";
import { atomsText, weightOf, worse } from "../../review/weight";
import type { FactOf } from "../access-fact";
import { runAws } from "../commands";
import type { AccessRule, Judgement } from "../drift-rule";

export const POLICY_VERSION_WAITING = defineRule({
  id: "policy-version-waiting",
  area: "drift",
  title: "A declared policy has a version that is newer than the one in force",
  severities: ["critical", "high", "medium", "low"],
  why: "Whoever may set the default version puts it in force with one call, and then its carriers have other rights. Terraform makes no such version: it sets each one as the default at once.",
  example: {
    before:
      "aws iam create-policy-version --policy-arn .../baseline-guard --policy-document file://open.json",
    after: "the newest version of the policy is the one in force",
  },
  remedy: "Delete the version.",
  reference: {
    title: "IAM: versioning of managed policies",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-versioning.html",
  },
  since: "0.2.0",
});

type Fact = FactOf<"policy-version-waiting">;

export const policyVersionWaiting: AccessRule<Fact, "policy-version-waiting"> = {
  declaration: POLICY_VERSION_WAITING,
  judge,
  remedy: ({ policy, version }) =>
    `${runAws("delete-policy-version", ["policy-arn", policy.arn ?? ""], ["version-id", version])}.`,
  trail: ({ policy }) => ({ resourceName: policy.arn ?? policy.name, events: ["CreatePolicyVersion"] }),
  undeployed: ({ version }) => `its version ${version} is to go`,
};

function judge({ policy, version, document }: Fact): Judgement {
  const found = `Policy ${policy.name} has a version ${version} that is newer than the one in force`;
  if (document === undefined || "unknown" in policy.document) {
    return { severity: "medium", message: `${found}; what it would change is not known.` };
  }
  const { gained, undenied } = accessChange({ identity: [policy.document] }, { identity: [document] });
  const gain = gained.flatMap(({ atoms }) => atoms);
  const loss = undenied.flatMap(({ atoms }) => atoms);
  const parts = [
    ...(gain.length > 0 ? [`would also allow ${atomsText(gain)}`] : []),
    ...(loss.length > 0 ? [`would no longer deny as before ${atomsText(loss)}`] : []),
  ];
  const weight = gain.length > 0 ? weightOf(gain).severity : "low";
  return {
    severity: loss.length > 0 ? worse(weight, "high") : weight,
    message: `${found}; it ${parts.join(" and ") || "would allow no more"}.`,
    evidence: [...gained, ...undenied].flatMap(({ grant, but }) =>
      statementDiff(but?.grant.statement, grant.statement),
    ),
  };
}
