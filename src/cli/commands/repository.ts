import { Argument, type Command, Option } from "commander";
import { OPTION_CONFLICT, OPTION_VALUE_INVALID } from "../../catalogue/commands/option-refusals";
import type { Environment } from "../../environment/environment";
import { repositoryUserName } from "../../environment/iam-names";
import { Refusal } from "../../findings/refusal";
import { withRemedy } from "../aws-refusal";
import type { CommandContext, CommandModule } from "../command";
import { type ExitCode, exitCodes } from "../exit-codes";
import { ownerOf } from "../keys/declared-owner";
import { logTo } from "../keys/log-line";
import { formatListing, LISTING_FORMATS, type Listing, type ListingFormat } from "../listing";
import { projectEnvironments } from "../project-environments";
import { type RepositoryKey, repositoryKey } from "../repository/repository-key";
import { secretStore } from "../repository/secret-store";

/** `iam-baseline repository`: the key of a repository whose CI has no OIDC, from its making to its end. */
export const command: CommandModule = { configure, run };

type Options = Readonly<Record<string, unknown>>;

const SECRET_NAMES = "AWS_ACCESS_KEY_ID,AWS_SECRET_ACCESS_KEY";

function configure(command: Command): void {
  command
    .description("The access key of a repository's user: made or rotated, and set as secrets of its jobs.")
    .addArgument(new Argument("<action>", "what to do").choices(["key"]))
    .argument("<repository>", "owner/name, as under `repositories`")
    .addOption(
      new Option("--format <format>", "how to write it").choices([...LISTING_FORMATS]).default("table"),
    )
    .option("--environment <name>", "whose user, where several environments declare the repository")
    .option("--dry-run", "change nothing; exit code 2 where something would change")
    .option("--github-environment <name>", "secrets of this GitHub environment (default: of the repository)")
    .option("--secret-names <id,secret>", "names of the two secrets", SECRET_NAMES)
    .option("--pipe <command>", "a command that reads the key as JSON, for other CI than GitHub's")
    .option("--delete-inactive", "delete an inactive key that is in the way")
    .addHelpText("after", HELP);
}

const HELP = `
Exit codes:
  0 a key was made and set, or the old one was set to Inactive; 1 refused or failed;
  2 a job has to use the new key first, or (--dry-run) something would change

Examples:
  iam-baseline repository key octo/website
  iam-baseline repository key octo/website --github-environment prod --dry-run
  iam-baseline repository key octo/website --pipe 'glab-set-variables'`;

async function run(options: Options, args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const [, name = ""] = args;
  const all = await projectEnvironments(context.now, context.directory);
  const environment = declaring(all, name, options["environment"]);
  const pipe = options["pipe"] as string | undefined;
  const githubEnvironment = options["githubEnvironment"] as string | undefined;
  if (pipe !== undefined && githubEnvironment !== undefined) {
    throw new Refusal(
      OPTION_CONFLICT,
      "--pipe and --github-environment: expected one of them, got both; leave one out",
    );
  }
  const names = namesOf(String(options["secretNames"]));
  const store = secretStore({ repository: name, githubEnvironment, names, pipe }, context);
  const format = LISTING_FORMATS.find((one) => one === options["format"]) ?? "table";
  const done = await withRemedy(`repository key ${name}`, "it goes on where it stopped", () =>
    repositoryKey(
      environment,
      all,
      {
        repository: name,
        userName: repositoryUserName(name),
        dryRun: options["dryRun"] === true,
        deleteInactive: options["deleteInactive"] === true,
      },
      store,
      context,
      logTo(context, format),
    ),
  );
  show(done, format, context);
  return done.dryRun || done.did === "wait" ? exitCodes.findings : exitCodes.clean;
}

function declaring(all: readonly Environment[], name: string, environmentName: unknown): Environment {
  if (!/^[^/\s]+\/[^/\s]+$/.test(name)) {
    const declared = [...new Set(all.flatMap(({ repositories }) => Object.keys(repositories)))];
    throw new Refusal(OPTION_VALUE_INVALID, {
      where: "repository key",
      expected: "a repository as owner/name",
      got: JSON.stringify(name),
      remedy: `${declared.length === 0 ? "declare it under repositories first" : `declared are ${declared.slice(0, 8).join(", ")}`}; for a device use iam-baseline device`,
    });
  }
  const { environment, userName } = ownerOf(all, name, environmentName);
  if (userName !== repositoryUserName(name) || environment.repositories[name] === undefined) {
    throw new Refusal(OPTION_VALUE_INVALID, {
      where: "repository key",
      expected: "a repository as owner/name",
      got: JSON.stringify(name),
      remedy: "for a device use iam-baseline device",
    });
  }
  return environment;
}

function namesOf(text: string): readonly [string, string] {
  const [id, secret, ...more] = text.split(",");
  // @see https://docs.github.com/en/actions/reference/security/secrets#naming-your-secrets
  const isName = (one: string | undefined): one is string =>
    one !== undefined && /^(?!GITHUB_)[A-Z_][A-Z0-9_]*$/i.test(one);
  if (isName(id) && isName(secret) && id !== secret && more.length === 0) return [id, secret];
  throw new Refusal(OPTION_VALUE_INVALID, {
    where: "--secret-names",
    expected: "two different names of letters, digits and _, parted by a comma",
    got: JSON.stringify(text),
    remedy: `write --secret-names ${SECRET_NAMES}`,
  });
}

const DID = {
  make: "a key was made and set",
  finish: "the old key is inactive",
  wait: "the new key waits for its first use",
};

function show(done: RepositoryKey, format: ListingFormat, { output }: CommandContext): void {
  const listing: Listing = {
    title: `Repository ${done.repository} of environment ${done.environment}: ${done.dryRun ? "nothing was changed" : DID[done.did]}`,
    facts: [
      ...(done.key === undefined ? [] : [["New key", done.key] as const]),
      ...(done.old === undefined ? [] : [["Old key", done.old] as const]),
    ],
    head: [],
    rows: [],
    notes: [done.next],
  };
  output.result(formatListing([listing], done, format, output.columns));
}
