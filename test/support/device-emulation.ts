import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  ListAccessKeysCommand,
} from "@aws-sdk/client-iam";
import { TOTP, URI } from "otpauth";
import type { Interaction } from "../../src/cli/interaction";
import type { EnvironmentInput } from "../../src/environment/environment";
import { device, environment, role } from "../builders/environment";
import { type Outcome, projectOf } from "../cli/project";
import { EMULATOR_ACCOUNT_ID, type Emulator, startEmulator } from "./emulator";

/** An account with one device user, a machine with a key store, and a person with an authenticator app. */
export interface DeviceEmulation {
  readonly iam: IAMClient;
  readonly emulator: Emulator;
  /** Home folder. */
  readonly home: string;
  /** Runs the command line of a project whose environment is `dev`. */
  readonly baseline: (...argv: readonly string[]) => Promise<Outcome>;
  /** What the fake aws-vault holds. */
  readonly vault: () => Vault;
  /** Everything that a person or a log could have seen: results, progress, and the terminal. */
  readonly seen: () => string;
  readonly talk: Talk;
  /** Keys of the user, oldest first. */
  readonly keys: () => Promise<readonly { readonly id: string; readonly status: string }[]>;
  readonly reset: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface Vault {
  readonly keys: Readonly<Record<string, { readonly id: string; readonly secret: string }>>;
  readonly calls: readonly { readonly argv: readonly string[]; readonly inherited: string | null }[];
}

/** The person: reads the QR code into an app, and answers with its codes, by a clock that nobody waits for. */
export interface Talk extends Interaction {
  /** Read by the app from the QR code; a test sets it. */
  url: string | undefined;
  present: boolean;
  time: number;
  readonly codes: string[];
  readonly shown: string[];
}

export const SUFFIX = "k7q2m9xd";

export function devEnvironment(difference: Partial<EnvironmentInput> = {}): EnvironmentInput {
  return environment({
    name: "dev",
    accountId: EMULATOR_ACCOUNT_ID,
    devices: { laptop: device({ roles: ["daily", "admin"] }), desk: device({ roles: ["daily"] }) },
    roles: { daily: role(), admin: role({ administrator: true, managedPolicies: ["AdministratorAccess"] }) },
    roleSuffix: SUFFIX,
    ...difference,
  });
}

export async function deviceEmulation(input: EnvironmentInput = devEnvironment()): Promise<DeviceEmulation> {
  const emulator = await startEmulator({ managedPolicies: false });
  const before = { ...process.env };
  const home = mkdtempSync(join(tmpdir(), "iam-baseline-device-"));
  for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) delete process.env[name];
  Object.assign(process.env, emulator.environment, {
    HOME: home,
    USERPROFILE: home,
    AWS_CONFIG_FILE: join(home, "config"),
    FAKE_VAULT: join(home, "vault.json"),
    PATH: `${join(__dirname, "fake-programs")}${delimiter}${before["PATH"]}`,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  });
  const iam = new IAMClient(emulator.client);
  const talk = person();
  const outcomes: string[] = [];
  const project = projectOf([input], () => new Date(talk.time), { interaction: talk });
  const prepare = async () => {
    await iam.send(new CreateUserCommand({ UserName: "laptop", Path: "/baseline/device/" }));
    for (const name of ["daily", "admin"]) {
      await iam.send(
        new CreateRoleCommand({
          RoleName: `${name}-${SUFFIX}`,
          Path: "/baseline/",
          AssumeRolePolicyDocument: '{"Version":"2012-10-17","Statement":[]}',
        }),
      );
    }
  };
  return {
    iam,
    emulator,
    home,
    talk,
    baseline: async (...argv) => {
      const outcome = await project.baseline(...argv);
      outcomes.push(outcome.result, outcome.progress);
      return outcome;
    },
    vault: () => JSON.parse(readFileSync(join(home, "vault.json"), "utf8")) as Vault,
    seen: () => [...outcomes, ...talk.shown].join("\n"),
    keys: async () => {
      const { AccessKeyMetadata } = await iam.send(new ListAccessKeysCommand({ UserName: "laptop" }));
      return (AccessKeyMetadata ?? [])
        .sort((left, right) => Number(left.CreateDate) - Number(right.CreateDate))
        .map(({ AccessKeyId, Status }) => ({ id: AccessKeyId ?? "", status: Status ?? "" }));
    },
    reset: async () => {
      await emulator.reset();
      outcomes.length = 0;
      talk.shown.length = 0;
      talk.codes.length = 0;
      talk.url = undefined;
      talk.present = true;
      talk.time = Date.now();
      for (const name of ["vault.json", "config"]) rmSync(join(home, name), { force: true });
      delete process.env["FAKE_VAULT_FAILS"];
      await prepare();
    },
    stop: async () => {
      project.remove();
      rmSync(home, { recursive: true, force: true });
      iam.destroy();
      process.env = before;
      await emulator.stop();
    },
  };
}

function person(): Talk {
  const talk: Talk = {
    url: undefined,
    present: true,
    time: Date.now(),
    codes: [],
    shown: [],
    get isTerminal() {
      return talk.present;
    },
    ask: async (question) => {
      talk.shown.push(question);
      const app = talk.url === undefined ? undefined : URI.parse(talk.url);
      const code =
        app instanceof TOTP
          ? app.generate({ timestamp: talk.time })
          : String(100_000 + (Math.floor(talk.time / 30_000) % 900_000));
      talk.codes.push(code);
      // typing takes a moment
      talk.time += 3_000;
      return code;
    },
    show: (text) => talk.shown.push(text),
    now: () => new Date(talk.time),
    sleep: async (milliseconds) => {
      talk.time += milliseconds;
    },
  };
  return talk;
}

/** Gives the caller of the commands administrator rights: a session of the role `admin`. */
export async function attachAdministrator(iam: IAMClient): Promise<void> {
  await iam.send(
    new AttachRolePolicyCommand({
      RoleName: `admin-${SUFFIX}`,
      PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
    }),
  );
}
