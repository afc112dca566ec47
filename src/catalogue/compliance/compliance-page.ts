import { CHECKOV_FINDINGS } from "./checkov";
import { CIS_SECTION_2 } from "./cis";
import type { Control } from "./control";
import { PROWLER_IAM } from "./prowler";

const GENERATED = "<!-- Made by `npm run docs` from src/catalogue/compliance. Do not edit. -->";

/** Every table of `docs/compliance.md`, by its heading. */
export const COMPLIANCE: Readonly<Record<string, readonly Control[]>> = {
  "CIS AWS Foundations v7.0.0, section 2": CIS_SECTION_2,
  "Prowler 5.46, IAM": PROWLER_IAM,
  "Checkov 3, findings on the stacks": CHECKOV_FINDINGS,
};

/** `docs/compliance.md`: what others ask, and where it is met, excepted, or not ours. */
export function compliancePage(): string {
  return `${[
    "# Compliance",
    GENERATED,
    `What benchmarks and scanners ask of an account's IAM, and how the baseline stands to it: *met* by construction or by a rule that
tells where it is not; *met where asked for* by a key of the environment; *excepted* with the reason; *not ours*, as nothing here
touches it. Rules are explained in [rules.md](rules.md).`,
    ...Object.entries(COMPLIANCE).flatMap(([title, controls]) => [
      `## ${title}`,
      count(controls),
      table(controls),
    ]),
  ].join("\n\n")}\n`;
}

function count(controls: readonly Control[]): string {
  const standings = ["met", "met where asked for", "excepted", "not ours"] as const;
  return `${standings
    .map((standing) => [controls.filter((one) => one.standing === standing).length, standing] as const)
    .filter(([number]) => number > 0)
    .map(([number, standing]) => `${number} ${standing}`)
    .join(", ")}.`;
}

function table(controls: readonly Control[]): string {
  return [
    "| id | asks | stands | how, or why not | rules |",
    "|---|---|---|---|---|",
    ...controls.map(({ id, asks, standing, by, rules = [] }) => {
      const links = rules.map((rule) => `[${rule}](rules.md#${rule})`).join(", ");
      return `| ${id} | ${cell(asks)} | ${standing} | ${cell(by)} | ${links} |`;
    }),
  ].join("\n");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
