import type { SecretKey } from "../../aws/device-credentials";
import { OPTION_CONFLICT } from "../../catalogue/commands/option-refusals";
import { KEY_STORE_FAILED, TERMINAL_MISSING } from "../../devices/action-refusals";
import { Refusal } from "../../findings/refusal";
import type { CommandContext } from "../command";
import type { Interaction } from "../interaction";
import { runProgram } from "./run-program";

/** How a key leaves this process: never to the screen, never to a file. */
export const HAND_OVERS = ["aws-vault", "clipboard", "pipe"] as const;

export type HandOver = (typeof HAND_OVERS)[number];

export interface KeyStore {
  /** In words: `aws-vault (profile personal)`. */
  readonly name: string;
  /** Tells before anything is made whether it can be handed over at all. @throws Refusal */
  check(): Promise<void>;
  /** @throws Refusal where it was not taken */
  put(key: SecretKey): Promise<void>;
  /** The key that is kept; undefined where there is none, or this way cannot be asked. */
  get(): Promise<SecretKey | undefined>;
}

export interface KeyStoreSettings {
  readonly kind: HandOver;
  /** Profile of the key. */
  readonly profile: string;
  /** Command line that reads the key as JSON from its standard input. */
  readonly pipe: string | undefined;
}

export function keyStore(
  { kind, profile, pipe }: KeyStoreSettings,
  context: CommandContext,
  talk: Interaction,
): KeyStore {
  if (kind === "aws-vault") return awsVault(profile, context);
  if (kind === "clipboard") return clipboard(talk);
  if (pipe === undefined) {
    throw new Refusal(
      OPTION_CONFLICT,
      "--to pipe: expected a command that takes the key, got none; write --pipe 'COMMAND'",
    );
  }
  return piped(pipe, context);
}

/** @see https://github.com/ByteNess/aws-vault/blob/main/cli/add.go */
function awsVault(profile: string, context: CommandContext): KeyStore {
  const run = (args: readonly string[], secrets: Readonly<Record<string, string>> = {}) =>
    runProgram("aws-vault", args, {
      variables: withoutCredentials(context.environmentVariables),
      secrets,
      directory: context.directory,
    });
  return {
    name: `aws-vault (profile ${profile})`,
    check: async () => {
      const { code } = await run(["--version"]);
      if (code !== 0)
        throw new Refusal(
          KEY_STORE_FAILED,
          `aws-vault --version: expected exit code 0, got ${code}; reinstall it`,
        );
    },
    put: async ({ accessKeyId, secretAccessKey }) => {
      const { code } = await run(["add", "--env", profile], {
        AWS_ACCESS_KEY_ID: accessKeyId,
        AWS_SECRET_ACCESS_KEY: secretAccessKey,
      });
      if (code !== 0) {
        throw new Refusal(
          KEY_STORE_FAILED,
          `aws-vault add ${profile}: expected exit code 0, got ${code}; see its words above`,
        );
      }
    },
    get: async () => {
      const { code, output } = await run(["export", "--no-session", "--format=json", profile]);
      if (code !== 0) return undefined;
      try {
        const { AccessKeyId, SecretAccessKey } = JSON.parse(output) as Record<string, unknown>;
        return typeof AccessKeyId === "string" && typeof SecretAccessKey === "string"
          ? { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey }
          : undefined;
      } catch {
        return undefined;
      }
    },
  };
}

/** aws-vault refuses to run within its own session, and the caller's credentials are not the device's. */
function withoutCredentials(variables: CommandContext["environmentVariables"]) {
  return Object.fromEntries(
    Object.entries(variables).filter(
      ([name]) =>
        !/^(AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|SECURITY_TOKEN|CREDENTIAL_EXPIRATION|VAULT|PROFILE))$/.test(
          name,
        ),
    ),
  );
}

function clipboard(talk: Interaction): KeyStore {
  return {
    name: "the clipboard",
    check: async () => {
      if (!talk.isTerminal) {
        throw new Refusal(
          TERMINAL_MISSING,
          "--to clipboard: expected somebody at a terminal, got none; use --to pipe",
        );
      }
    },
    put: async ({ accessKeyId, secretAccessKey }) => {
      const { default: board } = await import("clipboardy");
      for (const [what, text] of [
        ["access key id", accessKeyId],
        ["secret access key", secretAccessKey],
      ] as const) {
        await board.write(text);
        await talk.ask(`The ${what} is in the clipboard. Paste it where it belongs, then press Enter: `);
      }
      await board.write("");
    },
    get: async () => undefined,
  };
}

function piped(command: string, context: CommandContext): KeyStore {
  return {
    name: `the command ${command.split(/\s/)[0] ?? ""}`,
    check: async () => {},
    put: async (key) => {
      const { code } = await runProgram(command, [], {
        variables: context.environmentVariables,
        directory: context.directory,
        shell: true,
        input: `${JSON.stringify({ AccessKeyId: key.accessKeyId, SecretAccessKey: key.secretAccessKey })}\n`,
      });
      if (code !== 0) {
        throw new Refusal(
          KEY_STORE_FAILED,
          `--pipe: expected exit code 0 of the command, got ${code}; see its words above`,
        );
      }
    },
    get: async () => undefined,
  };
}
