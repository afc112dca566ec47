import { createColors } from "picocolors";
import { markdownCode, markdownText } from "../../findings/format/markdown-text";
import { mapTexts } from "../../findings/map-texts";
import { redact } from "../../findings/mask";
import { printable, printableJson } from "../../findings/printable";
import type { DecidingStatement, Effect } from "../../iam/decision";
import type { QuestionAnswer, QuestionAnswers, QuestionOutcome } from "../question-answers";
import { abbreviated, enumeration, shown } from "../shown";
import { wrapped } from "./wrap";

/** More answers than these are summed up instead of explained. */
const EXPLAINED = 12;

const WORDS: Readonly<Record<Effect, string>> = {
  Allowed: "yes",
  ExplicitlyDenied: "no, denied",
  ImplicitlyDenied: "no, not allowed",
  Unknown: "not known",
};

export interface AnswerOptions {
  readonly color?: boolean;
  readonly width?: number;
}

/** Answers for a person at a terminal: decision first, then what decided and where it is attached. */
export function formatAnswers(
  answers: QuestionAnswers,
  { color = false, width = 110 }: AnswerOptions = {},
): string {
  const colors = createColors(color);
  const paint: Readonly<Record<Effect, (text: string) => string>> = {
    Allowed: colors.green,
    ExplicitlyDenied: colors.red,
    ImplicitlyDenied: colors.yellow,
    Unknown: colors.magenta,
  };
  const safe = (text: string) => printable(redact(text));
  const put = (text: string, indent: number) =>
    wrapped(safe(text), width - indent).map(
      (part, index) => " ".repeat(index === 0 ? indent : indent + 2) + part,
    );
  const { name, arn, kind } = answers.principal;
  const head = [colors.bold(safe(`${kind} ${name}`)), colors.dim(safe(arn))];
  if (answers.answers.length > EXPLAINED) {
    const lines = summaries(answers).flatMap(({ effect, how, actions }) => [
      paint[effect](safe(`${WORDS[effect]}: ${how}`)),
      ...put(`${actions.length} actions: ${abbreviated(actions, 40).join(", ")}`, 2),
    ]);
    return `${[...head, "", ...lines].join("\n")}\n`;
  }
  const lines = answers.answers.flatMap((answer) => [
    "",
    ...put(about(answer), 0).map(colors.bold),
    ...answer.outcomes.flatMap((outcome) => [
      ...put(`${WORDS[outcome.effect]}: ${circumstances(outcome)}`, 2).map(paint[outcome.effect]),
      ...reasons(outcome).flatMap((text) => put(text, 6)),
    ]),
  ]);
  return `${[...head, ...lines].join("\n")}\n`;
}

/** Answers as `docs/access.md` documents them. */
export function formatAnswersJson(answers: QuestionAnswers): string {
  return `${printableJson(mapTexts(answers, redact))}\n`;
}

export function formatAnswersMarkdown(answers: QuestionAnswers): string {
  const { name, arn, kind } = answers.principal;
  const lines = [`## ${markdownText(redact(`${kind} ${name}`))}`, "", markdownCode(redact(arn)), ""];
  if (answers.answers.length > EXPLAINED) {
    for (const { effect, how, actions } of summaries(answers)) {
      lines.push(
        `- **${WORDS[effect]}**: ${markdownText(redact(how))}: ${actions.length} actions, ${abbreviated(
          actions,
          40,
        )
          .map((action) => markdownCode(redact(action)))
          .join(", ")}`,
      );
    }
    return `${lines.join("\n")}\n`;
  }
  for (const answer of answers.answers) {
    lines.push(`### ${markdownText(redact(about(answer)))}`, "");
    for (const outcome of answer.outcomes) {
      lines.push(`- **${WORDS[outcome.effect]}**: ${markdownText(redact(circumstances(outcome)))}`);
      lines.push(...reasons(outcome).map((text) => `  - ${markdownText(redact(text))}`));
    }
    lines.push("");
  }
  return `${lines.join("\n")}\n`;
}

/** Whether every part of the question has an answer. */
export function isAnswered({ answers }: QuestionAnswers): boolean {
  return answers.every(({ outcomes }) => outcomes.every(({ effect }) => effect !== "Unknown"));
}

function circumstances({ credentials, from }: QuestionOutcome): string {
  return `${enumeration(credentials, "or")}, from ${enumeration(from, "or")}`;
}

function about({ action, resource, isExample }: QuestionAnswer): string {
  return `${action} on ${resource}${isExample ? " (an example: no policy names it)" : ""}`;
}

function reasons({ effect, statements, because, unknowns }: QuestionOutcome): readonly string[] {
  if (effect === "Unknown")
    return unknowns.length === 0 ? [because] : unknowns.map((text) => `not known: ${text}`);
  if (statements.length === 0) return [because];
  return statements.map(
    (statement) => `${effect === "Allowed" ? "by" : "by Deny"} ${statementText(statement)}`,
  );
}

function statementText({
  statement,
  index,
  policyName,
  policyKind,
  policyAddress,
  attachedTo,
  attachedBy,
}: DecidingStatement): string {
  const sid =
    statement.Sid === undefined || statement.Sid === "" ? `statement ${index + 1}` : `"${statement.Sid}"`;
  const policy = policyKind === "trust" ? "the trust policy" : `${policyKind} policy ${shown(policyName)}`;
  const where = policyAddress === "" ? "" : ` (${policyAddress})`;
  const by = attachedBy === "" || attachedBy === policyAddress ? "" : `, attached by ${attachedBy}`;
  return `${sid} of ${policy}${where}, on ${shown(attachedTo)}${by}`;
}

interface Summary {
  readonly effect: Effect;
  readonly how: string;
  readonly actions: readonly string[];
}

/** Many actions by their decision: one that is allowed on some resource is told as that, with the resource. */
function summaries({ answers }: QuestionAnswers): readonly Summary[] {
  const groups = new Map<string, { effect: Effect; how: string; actions: Set<string> }>();
  const allowed = new Set<string>();
  const told = answers.flatMap((answer) =>
    answer.outcomes.map((outcome) => ({ answer, outcome, how: circumstances(outcome) })),
  );
  for (const { answer, outcome, how } of told)
    if (outcome.effect === "Allowed") allowed.add(`${how} ${answer.action}`);
  for (const { answer, outcome, how } of told) {
    if (outcome.effect !== "Allowed" && allowed.has(`${how} ${answer.action}`)) continue;
    const group = groups.get(`${outcome.effect} ${how}`) ?? {
      effect: outcome.effect,
      how,
      actions: new Set<string>(),
    };
    groups.set(`${outcome.effect} ${how}`, group);
    const isNamed = outcome.effect === "Allowed" && !answer.isExample && answer.resource !== "*";
    group.actions.add(isNamed ? `${answer.action} on ${answer.resource}` : answer.action);
  }
  return [...groups.values()]
    .sort(
      (left, right) =>
        EFFECTS.indexOf(left.effect) - EFFECTS.indexOf(right.effect) ||
        right.actions.size - left.actions.size,
    )
    .map((group) => ({ ...group, actions: [...group.actions].sort() }));
}

const EFFECTS: readonly Effect[] = ["Allowed", "Unknown", "ExplicitlyDenied", "ImplicitlyDenied"];
