import { type Command, Option } from "commander";
import { REFUSALS, refusalOf } from "../../catalogue/refusals";
import { RULES, rulesOf } from "../../catalogue/rules";
import { UNKNOWN_RULE } from "../../catalogue/unknown-rule";
import { asPlainText, refusalSection, ruleSection } from "../../findings/format/declaration-section";
import { suggestion } from "../../findings/nearest-name";
import { Refusal } from "../../findings/refusal";
import { NO_PRIVILEGE_ESCALATION } from "../../proofs/escalation/escalations";
import { ESCALATION_METHODS } from "../../proofs/escalation/methods";
import type { CommandContext, CommandModule } from "../command";
import { type ExitCode, exitCodes } from "../exit-codes";
import { formatListing, LISTING_FORMATS, type ListingFormat } from "../listing";

/** `iam-baseline explain`: what a rule or an error means, why it matters, and what to do. */
export const command: CommandModule = { configure, run };

function configure(command: Command): void {
  command
    .description(
      "What a rule or an error means, why it matters and what to do. Without an id: the list of both.",
    )
    .argument("[id]", "id of a rule or proof, or code of an error, as a report or message names it")
    .addOption(
      new Option("--format <format>", "how to write it").choices([...LISTING_FORMATS]).default("table"),
    )
    .addHelpText(
      "after",
      `
Examples:
  iam-baseline explain key-too-old
  iam-baseline explain --format json`,
    );
}

async function run(
  options: Readonly<Record<string, unknown>>,
  [id]: readonly string[],
  { output }: CommandContext,
): Promise<ExitCode> {
  const format = options["format"] as ListingFormat;
  output.result(id === undefined ? list(format, output.columns) : one(id, format));
  return exitCodes.clean;
}

function list(format: ListingFormat, columns: number | undefined): string {
  return formatListing(
    [
      {
        title: "Rules",
        facts: [],
        head: ["rule", "area", "severity", "what"],
        rows: RULES.map(({ id, area, severities, title }) => [id, area, severities.join(", "), title]),
        notes: [],
      },
      {
        title: "Errors",
        facts: [],
        head: ["code", "what is refused"],
        rows: REFUSALS.map(({ code, title }) => [code, title]),
        notes: ["iam-baseline explain ID tells why, with an example and what to do"],
      },
    ],
    { rules: RULES, errors: REFUSALS },
    format,
    columns,
  );
}

function one(id: string, format: ListingFormat): string {
  const rules = rulesOf(id);
  const refusal = refusalOf(id);
  if (rules.length === 0 && refusal === undefined) {
    const known = [...RULES.map((rule) => rule.id), ...REFUSALS.map(({ code }) => code)];
    throw new Refusal(UNKNOWN_RULE, {
      where: `explain ${id}`,
      expected: "the id of a rule or the code of a refusal",
      got: `"${id}"`,
      remedy: suggestion(id, known, "run it without an id for the list"),
    });
  }
  if (format === "json") {
    const [declaration, ...others] = rules.length > 0 ? rules : [refusal];
    return `${JSON.stringify(others.length === 0 ? declaration : rules, null, 2)}\n`;
  }
  const sections = [
    ...rules.map((rule) => ruleSection(rule, rules.length > 1 ? `${rule.id} (${rule.area})` : rule.id)),
    ...methodSections(id),
    ...(refusal === undefined ? [] : [refusalSection(refusal)]),
  ];
  return `${sections.map((section) => (format === "markdown" ? section : asPlainText(section))).join("\n\n")}\n`;
}

/** What a way up is that a proof's finding names behind a slash. */
function methodSections(id: string): readonly string[] {
  const [proof, name] = [id.slice(0, id.indexOf("/")), id.slice(id.indexOf("/") + 1)];
  if (proof !== NO_PRIVILEGE_ESCALATION.id) return [];
  const method = ESCALATION_METHODS.find((one) => one.id === name);
  if (method === undefined) {
    return [
      `### ${id}`,
      "No catalogue has this way: it is named by its actions, and the finding tells its steps.",
    ];
  }
  const { title, needs, source } = method;
  return [
    `### ${id}`,
    `**By ${title}.** It needs, together: ${needs.join(", ")}.`,
    `*Described at*: ${source}`,
  ];
}
