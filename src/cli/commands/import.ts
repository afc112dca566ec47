import { resolve } from "node:path";
import { type Command, Option } from "commander";
import type { AccountInventory } from "../../aws/inventory";
import { OPTION_CONFLICT, OPTION_VALUE_INVALID } from "../../catalogue/commands/option-refusals";
import { parseReportRows } from "../../credentials/parse-credential-report";
import { readInventory } from "../../drift/read-inventory";
import type { EnvironmentInput } from "../../environment/environment";
import { Refusal } from "../../findings/refusal";
import { type AccountImport, importAccount } from "../../import/import-account";
import { importReport } from "../../import/import-report";
import { movedWithin } from "../../import/moved-within";
import { released } from "../../import/released";
import { InvalidEnvironmentsError, validateBaseline } from "../../proofs/validate-baseline";
import { resourcesOfState } from "../../sources/state/graph-from-state";
import type { CommandContext, CommandModule } from "../command";
import { type ExitCode, exitCodes } from "../exit-codes";
import { importJson } from "../import/import-json";
import { readAccount } from "../import/read-account";
import { type Target, targetOf } from "../import/target";
import { writeImport } from "../import/write-import";
import { readJsonFile, readTextFile } from "../input-file";
import { formatListing, LISTING_FORMATS, type ListingFormat } from "../listing";
import { writeOptionFile } from "../option-file";
import { environmentsIndex, projectInputs } from "../project-environments";

/** `iam-baseline import`: an account that is there already, as an environment. */
export const command: CommandModule = { configure, run };

type Options = Readonly<Record<string, unknown>>;

const ACCEPTED_DAYS = 90;
const DAY_MS = 86_400_000;

function configure(command: Command): void {
  command
    .description(
      "Reads an account that is there already into an environment and the import blocks of its first apply, and tells what it breaks today.",
    )
    .argument("<account>", "an account id, or the name of an environment of the project")
    .option(
      "--inventory <file>",
      "read a file instead of the account: of --save-inventory, or get-account-authorization-details",
    )
    .option("--credential-report <file>", "beside --inventory, a credential report: passwords and keys")
    .option(
      "--from-terraform <state...>",
      "states of somebody else's Terraform that hold the same principals: what they have to let go of is written beside",
    )
    .option(
      "--same-state",
      "the state of --from-terraform becomes that of the environment's identity stack: its resources move, none is imported twice",
    )
    .option("--save-inventory <file>", "write what was read of the account, for --inventory")
    .option("--name <name>", "name of the new environment (default: the account's alias, or account-<id>)")
    .option("--region <region>", "region of the new environment (default: AWS_REGION, or us-east-1)")
    .option("--write <folder>", "write into the project in this folder (default: only tell)")
    .option("--accept-until <date>", `last day of the drafted exceptions (default: in ${ACCEPTED_DAYS} days)`)
    .addOption(
      new Option("--format <format>", "how to write it").choices([...LISTING_FORMATS]).default("table"),
    )
    .addHelpText("after", EXAMPLES);
}

const EXAMPLES = `
Examples:
  iam-baseline import 111122223333
  iam-baseline import 111122223333 --inventory account.json --name prod --write .
  iam-baseline import prod --write .          # later: only what is new

It changes nothing in the account. Passwords, keys, MFA devices and SSH keys are told, never imported. What a person wrote in
the environment's file stays. Where Terraform holds principals already: --from-terraform, docs/import.md.
Exit codes: 0 nothing is broken and all is managed, 1 the account could not be read, 2 there is something to mend or not managed.`;

async function run(
  options: Options,
  [account = ""]: readonly string[],
  context: CommandContext,
): Promise<ExitCode> {
  const folder = resolve(context.directory, text(options["write"]) ?? ".");
  const inputs = environmentsIndex(folder) === undefined ? [] : await projectInputs(folder);
  if (inputs.length > 0) validateBaseline(inputs, context.now);
  const target = targetOf(account, inputs, options, context);
  const inventory = await inventoryOf(target, options, context);
  const found = importAccount({
    inventory,
    inputs,
    name: target.name ?? freshName(inventory, inputs),
    region: target.region,
    now: context.now,
    acceptUntil: acceptUntil(options, context.now),
    prove: (environments) => {
      // loaded only here: cdktf takes half a second
      const { proveEnvironments } =
        require("../import/prove-environments") as typeof import("../import/prove-environments");
      return proveEnvironments(environments, context.now);
    },
  });
  const done = await withStates(found, options, context);
  if (done.violations.length > 0) throw new InvalidEnvironmentsError(done.violations);
  const written = options["write"] === undefined ? { files: [], byHand: [] } : writeImport(done, folder);
  const sections = importReport(done, written.files).map((section) => ({
    ...section,
    notes: [...section.notes],
  }));
  context.output.result(
    formatListing(
      sections,
      importJson(done, written),
      options["format"] as ListingFormat,
      context.output.columns,
    ),
  );
  for (const note of written.byHand) context.output.progress(note);
  if (written.byHand.length > 0) return exitCodes.error;
  const isOpen = done.steps.length + done.draft.unmanaged.length > 0;
  return isOpen ? exitCodes.findings : exitCodes.clean;
}

/** What states of others hold of it; or of this environment's own, where it goes on with that state. */
async function withStates(
  found: AccountImport,
  options: Options,
  context: CommandContext,
): Promise<AccountImport> {
  const files = Array.isArray(options["fromTerraform"]) ? options["fromTerraform"].map(String) : [];
  const states = files.map((file) => ({
    file,
    resources: resourcesOfState(readJsonFile(file, context), file),
  }));
  if (options["sameState"] !== true) {
    return {
      ...found,
      released: states.map(({ file, resources }) =>
        released(file, resources, found.draft.existing, found.accountId),
      ),
    };
  }
  const [only] = states;
  if (states.length !== 1 || only === undefined) {
    throw new Refusal(OPTION_CONFLICT, {
      where: "--same-state",
      expected: "one state with --from-terraform",
      got: String(states.length),
      remedy: "a stack has one state: move the others' principals by import",
    });
  }
  const { importId } = require("../../stacks/import-ids") as typeof import("../../stacks/import-ids");
  return { ...found, ...movedWithin(only.resources, found, importId) };
}

async function inventoryOf(
  target: Target,
  options: Options,
  context: CommandContext,
): Promise<AccountInventory> {
  const file = text(options["inventory"]);
  const inventory =
    file === undefined
      ? await readAccount(target, context)
      : fromFile(file, text(options["credentialReport"]), context);
  if (target.accountId !== undefined && inventory.accountId !== target.accountId) {
    throw new Refusal(OPTION_VALUE_INVALID, {
      where: file === undefined ? "import" : `--inventory ${file}`,
      expected: `account ${target.accountId}`,
      got: `account ${inventory.accountId}`,
      remedy: "give the inventory of that account, or its own id",
    });
  }
  const saveTo = text(options["saveInventory"]);
  if (saveTo !== undefined) {
    writeOptionFile("--save-inventory", saveTo, `${JSON.stringify(inventory, null, 1)}\n`, context, {
      mode: 0o600,
    });
  }
  return inventory;
}

function fromFile(file: string, report: string | undefined, context: CommandContext): AccountInventory {
  const rows = report === undefined ? undefined : parseReportRows(readTextFile(report, context));
  return readInventory(readJsonFile(file, context), file, rows);
}

/** The account's alias where it is a name that no environment has; else its id. */
function freshName({ accountId, details }: AccountInventory, inputs: readonly EnvironmentInput[]): string {
  const alias = details !== undefined && "value" in details.alias ? details.alias.value : null;
  const isName = alias !== null && /^[a-z](?:[a-z0-9]|-(?!-)){0,30}[a-z0-9]$/.test(alias);
  return isName && !inputs.some(({ name }) => name === alias) ? alias : `account-${accountId}`;
}

function acceptUntil({ acceptUntil: given }: Options, now: Date): string {
  if (given === undefined) return new Date(now.getTime() + ACCEPTED_DAYS * DAY_MS).toISOString().slice(0, 10);
  const day = String(given);
  if (/^\d{4}-\d{2}-\d{2}$/.test(day) && new Date(`${day}T00:00:00Z`).toISOString().startsWith(day))
    return day;
  throw new Refusal(OPTION_VALUE_INVALID, {
    where: "--accept-until",
    expected: "a day, YYYY-MM-DD",
    got: JSON.stringify(day),
    remedy: "write it so",
  });
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
