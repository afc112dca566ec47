import { defineRule } from "../../findings/rule";
import { statementDiff } from "../../review/statement-diff";
import { atomsText, weightOf, worse } from "../../review/weight";
import { addressOf, type FactOf, policyAddress } from "../access-fact";

import { deployRemedy, runAws } from "../commands";
import { type DriftWording, environmentFile } from "../drift-finding";
import type { AccessRule, Judgement } from "../drift-rule";
import { allowsOf } from "../policy-grants";
import { capitalized, principalText } from "../words";

export const POLICY_ATTACHED = defineRule({
  id: "policy-attached",
  area: "drift",
  title: "A user, group or role carries a policy that nobody declares",
  severities: ["critical", "high", "medium", "low"],
  why: "Somebody gave rights by hand: no review saw them, and no plan of another stack tells of them. It is critical for administrator rights or what leads to them, and low for a policy that allows nothing.",
  example: {
    before:
      "aws iam attach-user-policy --user-name work --policy-arn arn:aws:iam::aws:policy/AdministratorAccess",
    after: "the user carries no policy of its own; its groups and roles are declared with what they need",
  },
  remedy:
    "Deploy the stack, which takes it off, or declare it for a group or a role; users carry no policy of their own.",
  since: "0.1.0",
});

type Fact = FactOf<"policy-attached">;

export const policyAttached: AccessRule<Fact, "policy-attached"> = {
  declaration: POLICY_ATTACHED,
  judge,
  remedy(fact, isRepaired, wording) {
    const keep = keepAdvice(fact, wording);
    return isRepaired ? deployRemedy(fact.address, wording, keep) : `${removal(fact)}; ${keep}.`;
  },
  trail: ({ principal, policy }) => ({
    resourceName: principal.name,
    events: [`${policy.kind === "inline" ? "Put" : "Attach"}${capitalized(principal.kind)}Policy`],
  }),
  undeployed: ({ principal, policy }) =>
    `${policyAddress(policy)} is to be taken from ${addressOf(principal)}`,
};

function judge({ principal, policy }: Fact): Judgement {
  const what = `${policy.kind === "inline" ? "inline policy" : "policy"} ${policy.name}`;
  const { document } = policy;
  if ("unknown" in document) {
    return {
      severity: "high",
      message: `${capitalized(principalText(principal))} carries ${what}, which is not declared; what it allows is not known here (${document.reason}).`,
    };
  }
  const allows = allowsOf([policy]);
  const { severity, isAdministrator } = weightOf(allows);
  const rights =
    allows.length === 0
      ? "it allows nothing"
      : isAdministrator
        ? `it gives administrator rights: ${atomsText(allows)}`
        : `it allows ${atomsText(allows)}`;
  return {
    severity: allows.length === 0 ? "low" : worse(severity, "medium"),
    message: `${capitalized(principalText(principal))} carries ${what}, which is not declared: ${rights}.`,
    evidence: document.Statement.flatMap((statement) => statementDiff(undefined, statement)),
  };
}

function keepAdvice({ principal }: Fact, wording: DriftWording): string {
  const file = environmentFile(wording);
  return principal.kind === "role"
    ? `if it is meant, add it to the role in ${file} first`
    : `if it is meant, give it to a group or a role in ${file}, never to a user`;
}

function removal({ principal, policy }: Fact): string {
  const name = [`${principal.kind}-name`, principal.name] as const;
  return policy.kind === "inline"
    ? runAws(`delete-${principal.kind}-policy`, name, ["policy-name", policy.name])
    : runAws(`detach-${principal.kind}-policy`, name, ["policy-arn", policy.arn ?? policy.name]);
}
