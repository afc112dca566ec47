import type { SecretKey } from "../../aws/device-credentials";
import { KEY_STORE_FAILED } from "../../devices/action-refusals";
import { Refusal } from "../../findings/refusal";
import type { CommandContext } from "../command";
import { runProgram } from "../device/run-program";

export interface SecretStoreSettings {
  /** `owner/name` */
  readonly repository: string;
  /** GitHub environment whose secrets they are; absent: the repository's. */
  readonly githubEnvironment: string | undefined;
  /** Names of the two secrets. */
  readonly names: readonly [id: string, secret: string];
  /** Command that reads the key as JSON, in place of `gh`. */
  readonly pipe: string | undefined;
}

/** Where the jobs of a repository find their key. */
export interface SecretStore {
  readonly name: string;
  /** Tells before a key is made whether it can be set. @throws Refusal */
  check(): Promise<void>;
  /** Both secrets by one run of the program, over its standard input. @throws Refusal */
  put(key: SecretKey): Promise<void>;
}

/**
 * Secrets of GitHub Actions, through the GitHub CLI and whoever is signed in to it.
 *
 * @see https://cli.github.com/manual/gh_secret_set
 */
export function secretStore(settings: SecretStoreSettings, context: CommandContext): SecretStore {
  const { repository, githubEnvironment, names, pipe } = settings;
  const run = { variables: context.environmentVariables, directory: context.directory };
  const failed = (what: string, code: number) =>
    new Refusal(KEY_STORE_FAILED, `${what}: expected exit code 0, got ${code}; see its words above`);
  if (pipe !== undefined) {
    return {
      name: `the command ${pipe.split(/\s/)[0] ?? ""}`,
      check: async () => {},
      put: async ({ accessKeyId, secretAccessKey }) => {
        const input = `${JSON.stringify({ AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey })}\n`;
        const { code } = await runProgram(pipe, [], { ...run, shell: true, input });
        if (code !== 0) throw failed("--pipe", code);
      },
    };
  }
  const place = [
    "--repo",
    repository,
    ...(githubEnvironment === undefined ? [] : ["--env", githubEnvironment]),
  ];
  return {
    name: `secrets ${names.join(" and ")} of ${repository}${githubEnvironment === undefined ? "" : `, environment ${githubEnvironment}`}`,
    check: async () => {
      const { code } = await runProgram("gh", ["secret", "list", ...place], run);
      if (code !== 0) throw failed(`gh secret list ${place.join(" ")}`, code);
    },
    put: async ({ accessKeyId, secretAccessKey }) => {
      // one run sets both: between two of them a job would find an id with another key's secret
      const input = `${names[0]}=${accessKeyId}\n${names[1]}=${secretAccessKey}\n`;
      const { code } = await runProgram("gh", ["secret", "set", "--env-file", "-", ...place], {
        ...run,
        input,
      });
      if (code !== 0) throw failed(`gh secret set ${place.join(" ")}`, code);
    },
  };
}
