import { setTimeout as sleep } from "node:timers/promises";
import { type Command, Option } from "commander";
import { gatherAuditFacts } from "../../aws/audit-facts";
import { ACCOUNT_MISMATCH } from "../../catalogue/commands/account-refusals";
import { OPTION_CONFLICT } from "../../catalogue/commands/option-refusals";
import type { Environment } from "../../environment/environment";
import { exitCodeOf, type FindingReport } from "../../findings/finding";
import { Refusal } from "../../findings/refusal";
import { SEVERITIES, type Severity } from "../../findings/severity";
import { declaredWeaknesses, weaknessFinding } from "../../proofs/world/weaknesses";
import { accountScope } from "../audit/account-scope";
import { type AuditFacts, auditEnvironment, joined } from "../audit/environment-audit";
import { factsOfFile, readReportFile } from "../audit/report-file";
import { connect } from "../aws-account";
import type { CommandContext, CommandModule } from "../command";
import { type ExitCode, exitCodes } from "../exit-codes";
import { formatFindings } from "../finding-output";
import { whileTelling } from "../progress";
import { projectEnvironments, selectedEnvironments } from "../project-environments";

/** `iam-baseline audit`: the credential report of an account against its environments. */
export const command: CommandModule = { configure, run };

type Options = Readonly<Record<string, unknown>>;

const FORMATS = ["table", "json", "markdown", "csv", "sarif"] as const;

function configure(command: Command): void {
  command
    .description("Passwords, root keys, missing MFA, old, unused and undeclared credentials of an account.")
    .argument("[environments...]", "which environments (default: those of the account)")
    .addOption(new Option("--format <format>", "how to write it").choices([...FORMATS]).default("table"))
    .addOption(
      new Option("--fail-on <severity>", "exit 2 from this severity on")
        .choices([...SEVERITIES])
        .default("low"),
    )
    .option("--report <file>", "audit a saved credential report, without AWS")
    .option("--generated-time <moment>", "when IAM made the saved report, e.g. 2026-11-23T10:00:00Z")
    .option("--show-account-ids", "write account ids out")
    .addHelpText("after", HELP);
}

const HELP = `
Exit codes: 0 nothing from --fail-on up, 1 no report, or IAM did not answer everything, 2 findings.

Examples:
  iam-baseline audit
  iam-baseline audit prod --fail-on high --format sarif > audit.sarif
  iam-baseline audit prod --report report.csv --generated-time 2026-11-23T10:00:00Z`;

async function run(options: Options, names: readonly string[], context: CommandContext): Promise<ExitCode> {
  const all = await projectEnvironments(context.now, context.directory);
  const facts = await gathered(all, names, options, context);
  const audited = facts.map(({ account }) => account.environment);
  const report = withWeaknesses(joined(facts.map(auditEnvironment)), audited, all);
  context.output.result(formatted(report, options, context));
  if (facts.some(({ unanswered }) => unanswered.length > 0)) {
    context.output.progress("IAM did not answer everything: the audit is not whole");
    return exitCodes.error;
  }
  return exitCodeOf(report, severityOf(options["failOn"]));
}

/** What the environments weaken by declaration: no exception mutes it, as it is none of the account's. */
function withWeaknesses(
  report: FindingReport,
  audited: readonly Environment[],
  all: readonly Environment[],
): FindingReport {
  const weaknesses = audited.flatMap((environment) => declaredWeaknesses(environment, all));
  return { ...report, findings: [...report.findings, ...weaknesses.map(weaknessFinding)] };
}

async function gathered(
  all: readonly Environment[],
  names: readonly string[],
  options: Options,
  context: CommandContext,
): Promise<readonly AuditFacts[]> {
  const file = options["report"];
  const generatedTime = options["generatedTime"];
  if (typeof file === "string") {
    const text = typeof generatedTime === "string" ? generatedTime : undefined;
    return fromFile(all, names, file, text, context);
  }
  if (generatedTime !== undefined) {
    throw new Refusal(OPTION_CONFLICT, {
      where: "--generated-time",
      expected: "beside --report",
      got: "it alone",
      remedy: "leave it out",
    });
  }
  return fromAccount(all, names, context);
}

async function fromAccount(
  all: readonly Environment[],
  names: readonly string[],
  context: CommandContext,
): Promise<readonly AuditFacts[]> {
  const { output, now } = context;
  const account = await connect(all, names, context);
  const wait = async (milliseconds: number) => {
    output.progress(`waiting for IAM's credential report of account ${account.caller.accountId}`);
    await sleep(milliseconds);
  };
  try {
    const facts: AuditFacts[] = [];
    for (const environment of account.environments) {
      const scope = accountScope(environment, all, account.environments);
      const asking = `asking IAM about the credentials of environment ${environment.name}`;
      const { input, unanswered } = await whileTelling(output, asking, () =>
        gatherAuditFacts(account.iam, scope.scope, { sleep: wait, now: () => now }),
      );
      facts.push({ account: scope, input, now, unanswered });
    }
    return facts;
  } finally {
    account.close();
  }
}

function fromFile(
  all: readonly Environment[],
  names: readonly string[],
  file: string,
  generatedTime: string | undefined,
  { directory, now }: CommandContext,
): readonly AuditFacts[] {
  const report = readReportFile(file, generatedTime, directory, now);
  const wanted = selectedEnvironments(all, names);
  const own = wanted.filter(({ accountId }) => accountId === report.accountId);
  if (own.length === 0 || (names.length > 0 && own.length < wanted.length)) {
    const others = wanted.filter(({ accountId }) => accountId !== report.accountId);
    throw new Refusal(
      ACCOUNT_MISMATCH,
      `${file}: expected a report of ${others.map(({ name, accountId }) => `environment ${name} (account ${accountId})`).join(", ")}, got one of account ${report.accountId}; name the environments of that account`,
    );
  }
  return own.map((environment) => factsOfFile(report, accountScope(environment, all, own), now));
}

function formatted(report: FindingReport, options: Options, context: CommandContext): string {
  return formatFindings(
    report,
    "audit",
    options["format"],
    { showAccountIds: options["showAccountIds"] === true },
    context,
  );
}

function severityOf(value: unknown): Severity {
  return SEVERITIES.find((severity) => severity === value) ?? "low";
}
