import { defineRule } from "../../findings/rule";
import { attributesText } from "../attribute-text";
import { deployCommand } from "../commands";
import type { DriftRule } from "../drift-rule";
import type { StackResourceFact } from "../plan/resource-fact";
import { resourceEvidence } from "./resource-changed";

export const UNDEPLOYED_CHANGE = defineRule({
  id: "undeployed-change",
  area: "drift",
  title: "A change of the configuration was not deployed",
  severities: ["low"],
  why: "Nobody drifted: the account is as the last deployment left it, and the configuration asks for something else. Until it is deployed, what was reviewed is not in force.",
  example: { before: "a device is in the environment since last week", after: "it was deployed" },
  remedy: "Deploy the stack, or take the change back.",
  since: "0.1.0",
});

/** What waits for its deployment: a resource, or access by its address with what is to come. */
export type UndeployedFact =
  | StackResourceFact
  | { readonly stack: string; readonly address: string; readonly changes: readonly string[] };

export const undeployedChange: DriftRule<UndeployedFact, "undeployed-change"> = {
  declaration: UNDEPLOYED_CHANGE,
  judge(fact, { actual }) {
    const { stack, address } = fact;
    if ("changes" in fact) {
      return {
        severity: "low",
        message: `The declaration of ${address} changed and was not deployed: ${fact.changes.join("; ")}.`,
        evidence: [`stack ${stack}`],
      };
    }
    return {
      severity: "low",
      message: `${address} is to be changed (${fact.actions.join(", ")}), and was not deployed${attributesText(fact.attributes, actual)}.`,
      evidence: resourceEvidence(stack, address, fact.attributes),
    };
  },
  remedy: ({ stack }) => `Run ${deployCommand(stack)}, or take the change back.`,
};
