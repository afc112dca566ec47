import { defineRule } from "../../findings/rule";
import { statementDiff } from "../../review/statement-diff";
import { atomsText } from "../../review/weight";
import { addressOf, type FactOf, policyAddress } from "../access-fact";
import { deployRemedy, lookAgainRemedy } from "../commands";
import { environmentFile } from "../drift-finding";
import type { AccessRule, Judgement } from "../drift-rule";
import { allowsText, deniesOf, statementsOf } from "../policy-grants";
import { capitalized, principalText } from "../words";

export const POLICY_DETACHED = defineRule({
  id: "policy-detached",
  area: "drift",
  title: "A user, group or role lost a policy that is declared",
  severities: ["critical", "medium"],
  why: "Where the policy denies something, a guard rail is gone for everybody who carried it: that is critical. Where it only allows, people and jobs cannot do their work.",
  example: {
    before: "aws iam detach-group-policy --group-name developers --policy-arn .../baseline-guard",
    after: "the group carries the guard again",
  },
  remedy: "Deploy the stack, which attaches it again.",
  since: "0.1.0",
});

type Fact = FactOf<"policy-detached">;

export const policyDetached: AccessRule<Fact, "policy-detached"> = {
  declaration: POLICY_DETACHED,
  judge,
  remedy: ({ address }, isRepaired, wording) =>
    isRepaired
      ? deployRemedy(address, wording)
      : lookAgainRemedy(address, wording, `or declare it in ${environmentFile(wording)}`),
  trail: ({ principal, policy }) => ({
    resourceName: principal.name,
    events: [`${policy.kind === "inline" ? "Delete" : "Detach"}${capitalized(principal.kind)}Policy`],
  }),
  undeployed: ({ principal, policy }) => `${policyAddress(policy)} is to be given to ${addressOf(principal)}`,
};

function judge({ principal, policy }: Fact): Judgement {
  const denies = deniesOf([policy]);
  const loss =
    denies.length > 0
      ? `and with it guard rails: it no longer denies ${atomsText(denies)}`
      : `and with it ${allowsText([policy])}`;
  return {
    severity: denies.length > 0 ? "critical" : "medium",
    message: `${capitalized(principalText(principal))} lost policy ${policy.name}, which is declared, ${loss}.`,
    evidence: statementsOf([policy]).flatMap((statement) => statementDiff(statement, undefined)),
  };
}
