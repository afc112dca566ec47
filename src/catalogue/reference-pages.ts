import { type Detection, isUrgent } from "../detection/detection";
import { refusalSection, ruleSection } from "../findings/format/declaration-section";

import type { RefusalDeclaration } from "../findings/refusal";

import { RULE_AREAS, type RuleArea, type RuleDeclaration } from "../findings/rule";

const AREA_TITLES: Readonly<Record<RuleArea, string>> = {
  proof: "Proofs: what must hold before anything is written",
  review: "Review: what a change means",
  drift: "Drift: what changed in the account",
  audit: "Audit: what the credential report shows",
  detection: "Detection: what happens in the account",
  exceptions: "Exceptions",
};

const GENERATED = "<!-- Made by `npm run docs` from the declarations beside the rules. Do not edit. -->";

/** `docs/rules.md`: a section for each rule, so that a link to `rules.md#id` always leads somewhere. */
export function rulesPage(rules: readonly RuleDeclaration[]): string {
  const sections = RULE_AREAS.map((area) => ({ area, own: rules.filter((rule) => rule.area === area) }));
  const heading = (rule: RuleDeclaration) => headingOf(rule, rules);
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

/** The heading of a rule's section: with its area where an area before it has a rule of the same id. */
export function headingOf(rule: RuleDeclaration, all: readonly RuleDeclaration[]): string {
  return all.find(({ id }) => id === rule.id) === rule ? rule.id : `${rule.id} (${rule.area})`;
}

/** What a link to a heading ends in, as GitHub makes it. */
export function anchorOf(heading: string): string {
  return heading.replace(/[()]/g, "").replaceAll(" ", "-");
}

function row({ id, severities, title }: RuleDeclaration, heading: string): string {
  return `| [${id}](#${anchorOf(heading)}) | ${severities.join(", ")} | ${cell(title)} |`;
}

/** `docs/runbooks/README.md`: every detection with its runbook; the steps are written by hand, a page each. */
export function runbooksPage(detections: readonly Detection[]): string {
  const whens = (detection: Detection) =>
    isUrgent(detection.severity, detection) ? "at once" : "in the digest";
  return `${[
    "# Runbooks",
    GENERATED.replace("the rules", "the detections"),
    `What to do when the detection stack tells something. Each message ends with the link to its page; the rules
themselves are in [rules.md](../rules.md), what is deployed and what it costs in [detection.md](../detection.md).`,
    [
      "| runbook | severity | told | what happened |",
      "|---|---|---|---|",
      ...detections.map(
        (detection) =>
          `| [${detection.id}](${detection.id}.md) | ${detection.severity} | ${whens(detection)}${detection.responds === true ? ", and responded to" : ""} | ${cell(detection.title)} |`,
      ),
    ].join("\n"),
  ].join("\n\n")}\n`;
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

/** `src/findings/finding-ids.generated.ts`: what rooms below the catalogue check the ids of exceptions against. */
export function findingIdsFile(rules: readonly RuleDeclaration[]): string {
  const ids = [...new Set(rules.map(({ id }) => id))].sort();
  return `// Made by \`npm run docs\` from the declarations of rules. Do not edit.

/** Ids of every finding that an exception can name. */
export const FINDING_IDS: readonly string[] = [
${ids.map((id) => `  ${JSON.stringify(id)},`).join("\n")}
];
`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
