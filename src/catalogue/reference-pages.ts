import type { RefusalDeclaration } from "../findings/refusal";
import { RULE_AREAS, type RuleArea, type RuleDeclaration } from "../findings/rule";

const AREA_TITLES: Readonly<Record<RuleArea, string>> = {
  proof: "Proofs: what must hold before anything is written",
  review: "Review: what a change means",
  drift: "Drift: what changed in the account",
  audit: "Audit: what the credential report shows",
  exceptions: "Exceptions",
};

const GENERATED = "<!-- Made by `npm run docs` from the declarations beside the rules. Do not edit. -->";

/** `docs/rules.md`: a section for each rule, so that a link to `rules.md#id` always leads somewhere. */
export function rulesPage(rules: readonly RuleDeclaration[]): string {
  const sections = RULE_AREAS.map((area) => ({ area, own: rules.filter((rule) => rule.area === area) }));
  const heading = (rule: RuleDeclaration) =>
    rules.find(({ id }) => id === rule.id) === rule ? rule.id : `${rule.id} (${rule.area})`;
  return `${[
    "# Rules",
    GENERATED,
    `Each finding names its rule. \`baseline explain RULE\` prints these sections; an exception for one is an entry of
\`accepted\` in an environment ([reference](environment-reference.md)).`,
    ...sections
      .filter(({ own }) => own.length > 0)
      .flatMap(({ area, own }) => [
        `## ${AREA_TITLES[area]}`,
        ["| rule | severity | what |", "|---|---|---|", ...own.map((rule) => row(rule, heading(rule)))].join(
          "\n",
        ),
        ...[...own]
          .sort((left, right) => (left.id < right.id ? -1 : 1))
          .map((rule) => ruleSection(rule, heading(rule))),
      ]),
  ].join("\n\n")}\n`;
}

function row({ id, severities, title }: RuleDeclaration, heading: string): string {
  return `| [${id}](#${heading.replace(/[()]/g, "").replaceAll(" ", "-")}) | ${severities.join(", ")} | ${cell(title)} |`;
}

/**
 * What is told of one rule, on the page and by `explain`.
 *
 * @param heading with the area where another area has a rule of the same id @default the id
 */
export function ruleSection(
  { id, title, severities, why, example, remedy, reference, since }: RuleDeclaration,
  heading: string = id,
): string {
  const source =
    reference === undefined
      ? []
      : [
          `*Reference*: ${reference.url === undefined ? reference.title : `[${reference.title}](${reference.url})`}`,
        ];
  return [
    `### ${heading}`,
    `**${title}.** ${severities.join(", ")}; since ${since}.`,
    why,
    ["```text", `before: ${indented(example.before)}`, `after:  ${indented(example.after)}`, "```"].join(
      "\n",
    ),
    `*What to do*: ${remedy}`,
    ...source,
  ].join("\n\n");
}

/** `docs/errors.md`: a section for each refusal. */
export function errorsPage(refusals: readonly RefusalDeclaration[]): string {
  const own = [...refusals].sort((left, right) => (left.code < right.code ? -1 : 1));
  return `${[
    "# Errors",
    GENERATED,
    `An error that your input can cause has a code that stays when its words change. \`baseline explain CODE\` prints
these sections. The exit code is 1, and nothing was changed.`,
    [
      "| code | what is refused |",
      "|---|---|",
      ...own.map(({ code, title }) => `| [${code}](#${code}) | ${cell(title)} |`),
    ].join("\n"),
    ...own.map(refusalSection),
  ].join("\n\n")}\n`;
}

/** What is told of one refusal, on the page and by `explain`. */
export function refusalSection({ code, title, why, example, remedy, since }: RefusalDeclaration): string {
  return [
    `### ${code}`,
    `**${title}.** Since ${since}.`,
    why,
    ["```text", example, "```"].join("\n"),
    `*What to do*: ${remedy}`,
  ].join("\n\n");
}

function indented(text: string): string {
  return text.replaceAll("\n", "\n        ");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
