import { createHash } from "node:crypto";
import { type Finding, type FindingReport, sortFindings } from "../finding";
import { type Disclosure, printableJson } from "../printable";
import { type Severity, worstSeverity } from "../severity";
import { asPlainText } from "./declaration-section";
import { disclosedReport } from "./disclosed-report";

/** What a scanner shows of a rule: the title in lists, the rest beside the code. */
export interface RuleHelp {
  readonly title: string;
  readonly why: string;
  /** All that is declared, in Markdown. */
  readonly markdown: string;
  /** Where the same is to be read. */
  readonly uri: string;
}

export interface SarifOptions extends Disclosure {
  /** Version of this tool. */
  readonly version: string;
  /** Where the project is at home. */
  readonly homepage?: string;
  /** What is told of a rule. @default nothing is known of any */
  readonly helpOf?: (id: string) => RuleHelp | undefined;
  /**
   * File that findings without one of their own are pinned to; code scanning shows no result without a file.
   *
   * @default "environments/index.ts"
   */
  readonly defaultFile?: string;
}

const LEVELS: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  critical: "error",
  high: "error",
  medium: "warning",
  low: "note",
  info: "note",
};

/** GitHub sorts alerts by this number. @see https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning */
const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = {
  critical: "9.5",
  high: "8.0",
  medium: "5.5",
  low: "3.0",
  info: "0.0",
};

/**
 * The report as SARIF 2.1.0. Muted findings are suppressed results with their reason; what was not checked is a
 * notification of the run.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function formatSarif(report: FindingReport, options: SarifOptions): string {
  const { title, muted, findings, notChecked } = disclosedReport(report, options);
  const all = sortFindings([...findings, ...muted.map(({ finding }) => finding)]);
  const ruleIds = [...new Set(all.map(({ rule }) => rule))].sort();
  const toResult = (finding: Finding) => result(finding, ruleIds.indexOf(finding.rule), options);
  return `${printableJson({
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "iam-baseline",
            version: options.version,
            ...(options.homepage !== undefined && { informationUri: options.homepage }),
            rules: ruleIds.map((id) =>
              describedRule(
                id,
                options,
                all.filter(({ rule }) => rule === id),
              ),
            ),
          },
        },
        automationDetails: { id: `iam-baseline/${title}` },
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: notChecked.map(({ rule, reason }) => ({
              level: "warning",
              message: { text: `Not checked: ${rule}: ${reason}` },
            })),
          },
        ],
        results: [
          ...findings.map(toResult),
          ...muted.map(({ finding, reason, expires }) => ({
            ...toResult(finding),
            suppressions: [{ kind: "external", justification: `${reason} (until ${expires})` }],
          })),
        ],
      },
    ],
  })}\n`;
}

function describedRule(id: string, { helpOf }: SarifOptions, findings: readonly Finding[]) {
  const worst = worstSeverity(findings) ?? "info";
  const reference = findings.find((finding) => finding.reference !== undefined)?.reference;
  return {
    id,
    ...descriptionOf(id, helpOf?.(id)),
    defaultConfiguration: { level: LEVELS[worst] },
    properties: {
      tags: ["security", ...(reference === undefined ? [] : [reference])],
      "security-severity": SECURITY_SEVERITY[worst],
    },
  };
}

function descriptionOf(id: string, help: RuleHelp | undefined) {
  if (help === undefined) return { shortDescription: { text: id.replaceAll("-", " ") } };
  const { title, why, markdown, uri } = help;
  return {
    shortDescription: { text: `${title}.` },
    fullDescription: { text: why },
    help: { text: asPlainText(markdown), markdown },
    helpUri: uri,
  };
}

function result(
  finding: Finding,
  ruleIndex: number,
  { defaultFile = "environments/index.ts" }: SarifOptions,
) {
  const { rule, severity, address, message, remedy, environment, location, evidence } = finding;
  return {
    ruleId: rule,
    ruleIndex,
    level: LEVELS[severity],
    message: { text: `${address}: ${message} ${remedy}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(location?.file ?? defaultFile) },
          region: { startLine: location?.line ?? 1 },
        },
        logicalLocations: [
          { fullyQualifiedName: environment === undefined ? address : `${environment}/${address}` },
        ],
      },
    ],
    partialFingerprints: { "finding/v1": fingerprint(finding) },
    properties: { severity, remedy, ...(evidence === undefined ? {} : { evidence }) },
  };
}

/** The same finding of another day has the same one: the message may hold ages. */
function fingerprint({ rule, environment = "", address }: Finding): string {
  return createHash("sha256")
    .update(JSON.stringify([rule, environment, address]))
    .digest("hex");
}
