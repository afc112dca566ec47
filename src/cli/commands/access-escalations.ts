import { isColorSupported } from "picocolors";
import { OPTION_CONFLICT } from "../../catalogue/commands/option-refusals";
import { maskPrivateIn } from "../../findings/mask";
import { printableJson } from "../../findings/printable";
import { Refusal } from "../../findings/refusal";
import { escalationAccess } from "../../report/escalations/escalation-access";
import { escalationsDocument } from "../../report/escalations/escalations-section";
import type { EscalationAccess } from "../../report/escalations/way-up";
import { documentMarkdown } from "../../report/format/markdown";
import { documentTable } from "../../report/format/table";
import type { ReportInput } from "../../report/report-input";
import type { CommandContext } from "../command";
import { type ExitCode, exitCodes } from "../exit-codes";

type Options = Readonly<Record<string, unknown>>;

/** `access --escalations`: who comes to administrator rights, by which steps. */
export function answerEscalations(
  options: Options,
  environments: readonly string[],
  inputs: readonly ReportInput[],
  { output }: CommandContext,
  write: (text: string) => void,
): ExitCode {
  const found = escalationAccess(inputs).filter(
    ({ environment }) => environments.length === 0 || environments.includes(environment),
  );
  const told = options["mask"] === true ? maskPrivateIn(found) : found;
  const isTerminal = output.columns !== undefined && options["output"] === undefined;
  const width = isTerminal ? output.columns : undefined;
  write(formatted(told, String(options["format"]), isTerminal && isColorSupported, width));
  return exitCodes.clean;
}

function formatted(
  found: readonly EscalationAccess[],
  format: string,
  color: boolean,
  width: number | undefined,
): string {
  switch (format) {
    case "json":
      return `${printableJson({ schemaVersion: 1, environments: found })}\n`;
    case "markdown":
      return found.map((one) => documentMarkdown(escalationsDocument(one))).join("\n");
    case "table":
      return found
        .map((one) =>
          documentTable(escalationsDocument(one), { color, ...(width !== undefined && { width }) }),
        )
        .join("\n");
    default:
      throw new Refusal(
        OPTION_CONFLICT,
        `--escalations: expected --format table, json or markdown, got "${format}"`,
      );
  }
}
