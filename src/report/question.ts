import { compileGraph } from "../iam/evaluate";
import { mergeGraphs } from "../sources/graph/merge-graphs";
import { PrincipalNames } from "./principals";
import { ANSWER_SCHEMA_VERSION, type Question, type QuestionAnswers } from "./question-answers";
import { QuestionError } from "./question-error";
import { outcomesOf } from "./question-outcomes";
import { isOnRole, resourcesOf } from "./question-resources";
import type { ReportInput } from "./report-input";
import { shown } from "./shown";

/**
 * Answers one question for one principal, each action by itself, with the statements that decide.
 *
 * @throws UnknownPrincipalError, QuestionError
 */
export function answerQuestion(question: Question, inputs: readonly ReportInput[]): QuestionAnswers {
  const onRole = question.actions.find((action) => isOnRole(action));
  if (onRole !== undefined && question.resource === undefined) {
    throw new QuestionError(`${onRole} acts on a role: give --resource ROLE, by name or ARN`);
  }
  const world = mergeGraphs(inputs.map(({ graph }) => graph));
  const graph = compileGraph(world);
  const names = new PrincipalNames(inputs, world);
  const principal = names.find(question.principal, { environments: question.environments ?? [] });
  if (principal.kind === "role" && question.mfa !== undefined && question.mfa !== "none") {
    throw new QuestionError(
      `${shown(principal.name)} is a role, and its sessions carry no MFA: ask without --mfa-age, or ask the user who assumes it`,
    );
  }
  return {
    schemaVersion: ANSWER_SCHEMA_VERSION,
    principal: { kind: principal.kind, name: shown(principal.name), arn: shown(principal.arn) },
    answers: question.actions.flatMap((action) =>
      resourcesOf({ action, question, principal, names, graph }).map((asked) => ({
        action,
        resource: shown(asked.target?.arn ?? asked.resource),
        isExample: asked.isExample === true,
        outcomes: outcomesOf({ ...asked, action, question, principal, graph }),
      })),
    ),
  };
}
