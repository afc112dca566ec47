import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Command } from "commander";
import { FOLDER_NOT_EMPTY } from "../../devices/init-refusals";
import type { EnvironmentInput } from "../../environment/environment";
import { Refusal } from "../../findings/refusal";
import { validateBaseline } from "../../proofs/validate-baseline";
import type { CommandContext, CommandModule } from "../command";
import { type ExitCode, exitCodes } from "../exit-codes";
import type { Answers } from "../init/answers";
import { askFor } from "../init/ask";
import { pinnedVersions } from "../init/pinned-versions";
import { projectFiles } from "../init/project-files";
import { byOption, refuseRepeatedDevices } from "../init/refuse-answers";

/** `iam-baseline init`: a project of one's own that synthesizes. */
export const command: CommandModule = { configure, run };

type Options = Readonly<Record<string, unknown>>;

function configure(command: Command): void {
  command
    .description(
      "Writes a project that synthesizes: one environment, main.ts, tests, a workflow and a README.",
    )
    .argument("[folder]", "a new or empty folder (default: this one)")
    .option("--environment <name>", "name of the environment (default: personal)")
    .option("--account <id>", "AWS account id, 12 digits")
    .option("--region <region>", "region, such as eu-central-1")
    .option(
      "--network <cidr...>",
      "public networks to work from (default, in a terminal: your present address)",
    )
    .option("--owner <name>", "person who holds the devices")
    .option("--device <name...>", "devices; the first may become administrator (default: work)")
    .option("--time-zone <zone>", "zone of the nightly run (default: this machine's)")
    .option(
      "--bucket <name>",
      "keep the state in this S3 bucket, made at the first deploy (default: in files)",
    )
    .option("--dry-run", "only list the files")
    .addHelpText(
      "after",
      `
Exit codes: 0 written, 1 refused.

Example:
  iam-baseline init our-iam --account 111122223333 --region eu-central-1 --network 203.0.113.7/32 --owner alice --device work home`,
    );
}

async function run(options: Options, args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const folder = resolve(context.directory, args[0] ?? ".");
  refuseFullFolder(folder);
  const answers = await askFor(options, context);
  refuseRepeatedDevices(answers);
  byOption(() => validateBaseline([inputOf(answers)], context.now));
  const files = Object.entries(projectFiles(answers, pinnedVersions(context.version)));
  for (const [path, text] of options["dryRun"] === true ? [] : files) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { flag: "wx" });
  }
  const listed = files.map(([path]) => `  ${path}`).join("\n");
  const did = options["dryRun"] === true ? "would be written" : "written";
  const place =
    args[0] === undefined || resolve(context.directory, args[0]) === resolve(context.directory)
      ? ""
      : `cd ${args[0]} && `;
  context.output.result(
    `${files.length} files ${did} to ${folder}:\n${listed}\n\nNext: ${place}npm install && npm start\n`,
  );
  return exitCodes.clean;
}

/** Version control, notes of an editor and a README of the hosting do not make a folder full. */
const LEFT_ALONE: ReadonlySet<string> = new Set([
  ".git",
  ".idea",
  ".vscode",
  ".DS_Store",
  "node_modules",
  "LICENSE",
  "state",
]);

function refuseFullFolder(folder: string): void {
  if (!existsSync(folder)) return;
  const [first] = readdirSync(folder)
    .filter((name) => !LEFT_ALONE.has(name))
    .sort();
  if (first === undefined) return;
  throw new Refusal(
    FOLDER_NOT_EMPTY,
    `init: expected an empty folder, got one with ${first}; name a new one: iam-baseline init FOLDER`,
  );
}

/** What the written file says, so that a wrong answer is told before anything is written. */
function inputOf(answers: Answers): EnvironmentInput {
  const { environment, accountId, region, networks, owner, devices, timeZone, bucket } = answers;
  const several = devices.length > 1;
  const role = { roles: several ? ["daily", "recovery"] : ["daily"] };
  return {
    name: environment,
    accountId,
    region,
    backend: bucket === undefined ? { type: "local" } : { type: "s3", bucket, region, createBucket: true },
    allowedNetworks: [...networks],
    devices: Object.fromEntries(devices.map((name) => [name, { owner, ...role }])),
    roles: {
      daily: { managedPolicies: ["job-function/ViewOnlyAccess"] },
      ...(several && { recovery: { reactivatesKeys: true } }),
    },
    keyRules: {
      schedule: { cron: "cron(0 0 * * ? *)", timeZone },
      rules: { "old-keys": { appliesTo: { path: "device" }, maxAgeDays: 90, reason: "CIS 2.12" } },
      lastKeyStays: several,
    },
    recovery: several ? "second-device" : { root: { acknowledgeRootRecovery: true } },
  };
}
