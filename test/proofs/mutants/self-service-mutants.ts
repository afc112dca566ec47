import { listOf } from "../../../src/iam/policy-document";
import {
  changeStatement,
  documentOf,
  type MutableStatement,
  type Mutant,
  resources,
  type StackJson,
} from "./stack-json";

/** Every widening and narrowing of the self-service policies of a stack. */
export function selfServiceMutants(stack: StackJson): readonly Mutant[] {
  return resources(stack, "aws_iam_policy").flatMap(([name, body]) =>
    documentOf(body, "policy").Statement.flatMap((statement, index) => {
      if (statement.Effect !== "Allow" || !JSON.stringify(statement).includes("username")) return [];
      const mutant = (what: string, change: (statement: MutableStatement) => void): Mutant => ({
        name: `${statement.Sid} of ${String(body["name"])}: ${what}`,
        apply: (copy) => changeStatement(copy, "aws_iam_policy", name, index, change),
      });
      const [resource = ""] = listOf(statement.Resource);
      const start = resource.slice(0, resource.indexOf("${"));
      const actions = listOf(statement.Action);
      const to = (Resource: string | readonly string[]) => (changed: MutableStatement) => {
        changed.Resource = Resource;
      };
      return [
        mutant("Resource widened to every name", to(`${start}*`)),
        mutant("Resource widened to names that end the same", to(`${start}*\${aws:username}`)),
        mutant("Resource widened to names that begin the same", to(`${start}\${aws:username}*`)),
        mutant("Resource widened to one character more", to(`${start}\${aws:username}?`)),
        mutant("Resource widened to every path", to(`${start.replace(/(user|mfa)\/.*$/, "$1/")}*`)),
        mutant("Resource widened to everything", to("*")),
        mutant("Resource is somebody else", to(`${start}somebody-else`)),
        mutant("the statement dropped", (changed) => Reflect.deleteProperty(changed, "Effect")),
        ...actions.map((action) =>
          mutant(`${action} dropped`, (changed) => {
            changed.Action =
              actions.length === 1 ? "iam:GetUser" : actions.filter((other) => other !== action);
          }),
        ),
        ...[
          "iam:AttachUserPolicy",
          "iam:PutUserPolicy",
          "iam:CreateLoginProfile",
          "iam:TagUser",
          "iam:*",
          "*",
        ].map((action) =>
          mutant(`${action} added`, (changed) => {
            changed.Action = [...actions, action];
          }),
        ),
      ];
    }),
  );
}
