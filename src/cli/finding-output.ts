import { isColorSupported } from "picocolors";
import { anchorOf, headingOf } from "../catalogue/reference-pages";
import { RULES, ruleOf } from "../catalogue/rules";
import type { FindingReport } from "../findings/finding";
import { formatCsv } from "../findings/format/csv";
import { ruleSection } from "../findings/format/declaration-section";
import { formatJson } from "../findings/format/json";
import { formatMarkdown } from "../findings/format/markdown";
import { formatSarif, type RuleHelp } from "../findings/format/sarif";
import { formatTable } from "../findings/format/table";
import type { Disclosure } from "../findings/printable";
import type { RuleArea } from "../findings/rule";
import type { CommandContext } from "./command";
import { packageManifest } from "./package-manifest";

/**
 * A report of findings in the form that `--format` names; a table where it names none.
 *
 * @param area whose rules it is about
 * @param isToFile it is not for the terminal, however wide that is
 */
export function formatFindings(
  report: FindingReport,
  area: RuleArea,
  format: unknown,
  disclosure: Disclosure,
  context: CommandContext,
  isToFile = false,
): string {
  const { columns } = context.output;
  switch (format) {
    case "json":
      return formatJson(report, disclosure);
    case "markdown":
      return formatMarkdown(report, disclosure);
    case "csv":
      return formatCsv(report, disclosure);
    case "sarif":
      return sarifOf(report, area, disclosure, context);
    default: {
      const isTerminal = columns !== undefined && !isToFile;
      return formatTable(report, {
        ...disclosure,
        color: isTerminal && isColorSupported,
        ...(isTerminal && { width: columns }),
      });
    }
  }
}

/** A report as SARIF, with what the catalogue says of its rules. */
export function sarifOf(
  report: FindingReport,
  area: RuleArea,
  disclosure: Disclosure,
  { version }: CommandContext,
): string {
  const { homepage } = packageManifest();
  const helpOf = (id: string): RuleHelp | undefined => {
    const rule = ruleOf(id, area);
    if (rule === undefined) return undefined;
    const heading = headingOf(rule, RULES);
    const { title, why } = rule;
    const uri = `${homepage}/blob/main/docs/rules.md#${anchorOf(heading)}`;
    return { title, why, markdown: ruleSection(rule, heading), uri };
  };
  return formatSarif(report, { ...disclosure, version, homepage, helpOf });
}
