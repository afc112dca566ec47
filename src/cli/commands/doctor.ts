import { type Command, Option } from "commander";
import type { CheckResult } from "../../doctor/check";
import { CHECKS } from "../../doctor/checks";
import type { DoctorFacts } from "../../doctor/facts";
import type { Environment } from "../../environment/environment";
import { printable } from "../../findings/printable";
import { actionsDate } from "../../iam/actions";
import { managedPoliciesDate } from "../../iam/managed-policies";
import type { CommandContext, CommandModule } from "../command";
import { accountFacts } from "../doctor/account-facts";
import { localState, type Machine, programVersions, publicAddress, thisMachine } from "../doctor/local-facts";
import { type ExitCode, exitCodes } from "../exit-codes";
import { formatListing, LISTING_FORMATS, type Listing, type ListingFormat } from "../listing";
import { projectEnvironments, selectedEnvironments } from "../project-environments";

/** `iam-baseline doctor`: whether this machine and this account are ready, and what to do where they are not. */
export const command: CommandModule = { configure, run };

type Options = Readonly<Record<string, unknown>>;

/** What was found out of one environment. */
export interface Examination {
  readonly environment: string;
  readonly checks: readonly {
    readonly id: string;
    readonly title: string;
    readonly why: string;
    readonly results: readonly CheckResult[];
  }[];
}

function configure(command: Command): void {
  command
    .description(
      "Whether this machine and this account are ready: what is there, why it matters, what to do.",
    )
    .argument("[environments...]", "environments (default: all)")
    .addOption(
      new Option("--format <format>", "how to write it").choices([...LISTING_FORMATS]).default("table"),
    )
    .option("--offline", "ask neither AWS nor the Internet")
    .option("--all", "show what is well, too")
    .addHelpText("after", HELP);
}

const HELP = `
Works without credentials for what needs none; what needs them is told as not checked.

Exit codes: 0 nothing to do, 1 could not tell (no environment, or nothing of the account answered with credentials at
hand), 2 there is something to do.

Examples:
  iam-baseline doctor
  aws-vault exec personal-admin -- iam-baseline doctor personal --all`;

async function run(options: Options, args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const all = await projectEnvironments(context.now, context.directory);
  const environments = selectedEnvironments(all, args);
  const offline = options["offline"] === true;
  const machine = offline ? silent : thisMachine(context);
  const examined: Examination[] = [];
  for (const environment of environments) {
    examined.push(examine(await gather(environment, machine, offline, context)));
  }
  const format = LISTING_FORMATS.find((one) => one === options["format"]) ?? "table";
  show(examined, options["all"] === true, format, context);
  const results = examined.flatMap(({ checks }) => checks.flatMap((check) => check.results));
  return results.some(({ state }) => state === "problem" || state === "warning")
    ? exitCodes.findings
    : exitCodes.clean;
}

const silent: Machine = {
  run: async () => undefined,
  page: async () => {
    throw new Error("--offline");
  },
};

async function gather(
  environment: Environment,
  machine: Machine,
  offline: boolean,
  context: CommandContext,
): Promise<DoctorFacts> {
  context.output.progress(`looking at ${environment.name} ...`);
  const none = { notChecked: "--offline" };
  const [account, programs, ipv4, ipv6] = await Promise.all([
    offline ? undefined : accountFacts(environment),
    programVersions(offline ? thisMachine(context) : machine, context.directory),
    publicAddress(machine, 4),
    publicAddress(machine, 6),
  ]);
  const local = localState(environment, context);
  return {
    environment,
    now: context.now,
    variables: context.environmentVariables,
    programs,
    ipv4,
    ipv6,
    caller: account?.caller ?? none,
    seenAddress: account?.seenAddress ?? none,
    users: account?.users ?? none,
    summary: account?.summary ?? none,
    concurrency: account?.concurrency ?? none,
    functions: account?.functions ?? none,
    trails: account?.trails ?? none,
    securityHub: account?.securityHub ?? none,
    identityCenter: account?.identityCenter ?? none,
    state: local === undefined ? (account?.s3 ?? none) : { known: local },
    lists: { actions: actionsDate, managedPolicies: managedPoliciesDate },
  };
}

/** Pure: every check, judged by the facts. */
export function examine(facts: DoctorFacts): Examination {
  return {
    environment: facts.environment.name,
    checks: CHECKS.map(({ id, title, why, judge }) => ({ id, title, why, results: judge(facts) })),
  };
}

const WORDS: Readonly<Record<CheckResult["state"], string>> = {
  ok: "well",
  warning: "look at it",
  problem: "to do",
  "not-checked": "not checked",
};

function show(
  examined: readonly Examination[],
  all: boolean,
  format: ListingFormat,
  { output }: CommandContext,
): void {
  if (format === "table") {
    output.result(`${examined.map((one) => inLines(one, all)).join("\n")}`);
    return;
  }
  const listings = examined.map(({ environment, checks }): Listing => {
    const rows = checks.flatMap(({ title, why, results }) =>
      results
        .filter(({ state }) => all || state === "problem" || state === "warning")
        .map(({ state, message, remedy }) => [title, WORDS[state], message, why, remedy ?? ""]),
    );
    const count = (state: CheckResult["state"]) =>
      checks.flatMap(({ results }) => results).filter((result) => result.state === state).length;
    const open = checks.filter(({ results }) => results.some(({ state }) => state === "not-checked"));
    return {
      title: `Environment ${environment}`,
      facts: [
        [
          "Checked",
          `${count("ok")} well, ${count("warning")} to look at, ${count("problem")} to do, ${count("not-checked")} not checked`,
        ],
      ],
      head: ["what", "how it is", "found", "why it matters", "what to do"],
      rows,
      notes: open.map(
        ({ title, results }) =>
          `not checked: ${title}: ${results.flatMap(({ state, message }) => (state === "not-checked" ? [message] : [])).join("; ")}`,
      ),
    };
  });
  output.result(formatListing(listings, examined, format, output.columns));
}

/** For a terminal: a table of five columns would be wider than one. */
function inLines({ environment, checks }: Examination, all: boolean): string {
  const results = checks.flatMap((check) => check.results);
  const count = (state: CheckResult["state"]) => results.filter((result) => result.state === state).length;
  const lines = checks.flatMap(({ title, why, results: found }) => {
    const shown = found.filter(({ state }) => all || state === "problem" || state === "warning");
    if (shown.length === 0) return [];
    return [
      `${title}: ${why}`,
      ...shown.flatMap(({ state, message, remedy }) => [
        `  ${WORDS[state]}: ${message}`,
        ...(remedy === undefined ? [] : [`    ${remedy}`]),
      ]),
    ];
  });
  const open = checks.flatMap(({ title, results: found }) =>
    found.flatMap(({ state, message }) =>
      state === "not-checked" && !all ? [`not checked: ${title}: ${message}`] : [],
    ),
  );
  return [
    `Environment ${environment}: ${count("ok")} well, ${count("warning")} to look at, ${count("problem")} to do, ${count("not-checked")} not checked`,
    ...lines,
    ...open,
    "",
  ]
    .map(printable)
    .join("\n");
}
