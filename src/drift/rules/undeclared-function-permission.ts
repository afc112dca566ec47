import { defineRule } from "../../findings/rule";
import type { Statement } from "../../iam/policy-document";
import { principalWords } from "../../review/principals/principal-names";
import { serviceCommand } from "../commands";
import type { DriftRule } from "../drift-rule";
import type { UndeclaredFactOf } from "../undeclared-fact";

export const UNDECLARED_FUNCTION_PERMISSION = defineRule({
  id: "undeclared-function-permission",
  area: "drift",
  title: "A function's policy lets somebody in whom nobody declares",
  severities: ["critical", "high"],
  why: "Whoever may invoke the function makes it act, with an event of their choice; no plan shows a permission that Terraform did not make. It is critical where anybody may.",
  example: {
    before:
      "aws lambda add-permission --function-name baseline-deactivate-access-keys --principal 444455556666 --action lambda:* ...",
    after: "the function has no policy: EventBridge Scheduler invokes it by a role",
  },
  remedy: "Remove the permission, or declare it.",
  reference: {
    title: "Lambda: resource-based policies",
    url: "https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html",
  },
  since: "0.2.0",
});

type Fact = UndeclaredFactOf<"undeclared-function-permission">;

export const undeclaredFunctionPermission: DriftRule<Fact, "undeclared-function-permission"> = {
  declaration: UNDECLARED_FUNCTION_PERMISSION,
  judge({ name, statements }, { actual }) {
    const who = statements.map(
      (statement) =>
        `${principalsOf(statement)
          .map((text) => principalWords(text, actual))
          .join(", ")} do ${[statement.Action ?? "*"].flat().join(", ")}`,
    );
    const isPublic = statements.some(
      (statement) => principalsOf(statement).includes("*") && statement.Condition === undefined,
    );
    return {
      severity: isPublic ? "critical" : "high",
      message: `The policy of function ${name} lets ${who.join("; ")}, which is not declared.`,
    };
  },
  remedy: ({ name, region, statements }) =>
    `Run ${statements
      .map(({ Sid = "<id>" }) =>
        serviceCommand(
          "lambda",
          "remove-permission",
          ["function-name", name],
          ["statement-id", Sid],
          ["region", region],
        ),
      )
      .join(" and ")}.`,
};

/** As the access model writes principals: `AWS arn:...`, `Service s3.amazonaws.com`, `*`. */
function principalsOf({ Principal = "*" }: Statement): readonly string[] {
  if (Principal === "*") return ["*"];
  return Object.entries(Principal).flatMap(([kind, values]) =>
    [values].flat().map((value) => (value === "*" ? "*" : `${kind} ${value}`)),
  );
}
