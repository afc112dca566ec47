import type { RefusalDeclaration } from "../refusal";
import type { RuleArea, RuleDeclaration } from "../rule";

/**
 * What is told of one rule, on the page and by `explain`.
 *
 * @param heading with the area where another area has a rule of the same id @default the id
 */
export function ruleSection(
  { id, area, title, severities, why, example, remedy, reference, since }: RuleDeclaration,
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
    exampleBlock(area, example),
    `*What to do*: ${remedy}`,
    ...source,
  ].join("\n\n");
}

/** An event is told or not; everything else is wrong before and right after. */
function exampleBlock(area: RuleArea, { before, after }: RuleDeclaration["example"]): string {
  const [wrong, right] = area === "detection" ? ["told:   ", "not:    "] : ["before: ", "after:  "];
  return ["```text", `${wrong}${indented(before)}`, `${right}${indented(after)}`, "```"].join("\n");
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

/** A section without the marks of Markdown. */
export function asPlainText(section: string): string {
  return section
    .replace(/^### /m, "")
    .replace(/^```(?:text)?\n/gm, "")
    .replace(/\*\*?([^*\n]+)\*\*?/g, "$1")
    .replace(/\[([^\]]+)\]\(([^)]+)\)/g, "$1 $2");
}

function indented(text: string): string {
  return text.replaceAll("\n", "\n        ");
}
