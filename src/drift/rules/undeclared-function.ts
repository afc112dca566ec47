import { defineRule } from "../../findings/rule";
import { holdsAdministratorRights } from "../../review/rules/trust/trust-settings";
import { serviceCommand } from "../commands";
import type { DriftRule } from "../drift-rule";
import type { UndeclaredFactOf } from "../undeclared-fact";

export const UNDECLARED_FUNCTION = defineRule({
  id: "undeclared-function",
  area: "drift",
  title: "A function that nobody declares has a name of the baseline, or runs as one of its roles",
  severities: ["critical", "high"],
  why: "It does what the role may do whenever somebody invokes it, and nobody reviewed its code: a back door that looks like a part of the baseline. It is critical where the role has administrator rights.",
  example: {
    before:
      "aws lambda create-function --function-name report --role .../role/baseline/baseline-audit-credential-report ...",
    after: "every function that runs as a role of the baseline is declared",
  },
  remedy: "Look at its code, and delete it.",
  since: "0.2.0",
});

type Fact = UndeclaredFactOf<"undeclared-function">;

export const undeclaredFunction: DriftRule<Fact, "undeclared-function"> = {
  declaration: UNDECLARED_FUNCTION,
  judge({ name, region, roleArn, role }) {
    const isAdministrator = role !== undefined && holdsAdministratorRights(role);
    return {
      severity: isAdministrator ? "critical" : "high",
      message: `Function ${name} in ${region} is declared nowhere and runs as ${roleArn}${isAdministrator ? ", which has administrator rights" : ""}.`,
    };
  },
  remedy: ({ name, region }) =>
    `Look at its code, and run ${serviceCommand("lambda", "delete-function", ["function-name", name], ["region", region])}.`,
};
