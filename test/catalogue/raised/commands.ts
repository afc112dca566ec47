import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import {
  GenerateCredentialReportCommand,
  IAMClient,
  IAMServiceException,
  ListAccessKeysCommand,
} from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { mockClient } from "aws-sdk-client-mock";
import { fetchCredentialReport } from "../../../src/aws/credential-report";
import { reactivateKey } from "../../../src/cli/keys/reactivate-key";
import { run } from "../../../src/cli/run";
import type { AccessKey } from "../../../src/credentials/access-key";
import type { EnvironmentInput } from "../../../src/environment/environment";
import { dailyAt } from "../../../src/environment/schedule";
import { validateBaseline } from "../../../src/proofs/validate-baseline";
import { contentDigest } from "../../../src/review/digest";
import { accessKey } from "../../builders/access-key";
import { device, environment, NOW } from "../../builders/environment";
import { printed, type Raised } from "./raise";

const nightly = { appliesTo: { path: "device" }, nightly: true, reason: "keys are for the day" } as const;
const home: EnvironmentInput = environment({
  name: "home",
  breakGlass: { emergency: { owner: "anna", roles: ["daily"] } },
  recovery: "break-glass-user",
  keyRules: {
    schedule: dailyAt("00:00", "Asia/Tokyo"),
    rules: { nightly },
    reactivation: { maxHours: 48 },
  },
});
const work: EnvironmentInput = environment({
  name: "work",
  accountId: "444455556666",
  devices: { laptop: device({ owner: "ben" }) },
});

/** What a command prints as its error, in a project with two environments; its folder is shown as `~/project`. */
async function errorOf(
  argv: readonly string[],
  files: Readonly<Record<string, string>> = {
    "environments/index.js": `exports.environments = ${JSON.stringify([home, work])};`,
  },
): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), "iam-baseline-refusals-"));
  const lines: string[] = [];
  const output = { result: () => {}, progress: (text: string) => lines.push(text), columns: undefined };
  try {
    for (const [file, text] of Object.entries(files)) write(directory, file, text);
    await run(argv, output, { directory, now: NOW, environmentVariables: {} });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
  return (lines.at(-1) ?? "").replaceAll(directory, "~/project").trimEnd();
}

function write(directory: string, file: string, text: string): void {
  const path = join(directory, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { mode: 0o755 });
}

/** A command whose SDK is answered by a mock; nothing goes out. */
async function withSdk(
  mocks: () => readonly { restore(): void }[],
  act: () => Promise<string>,
): Promise<string> {
  const mocked = mocks();
  try {
    return await act();
  } finally {
    for (const mock of mocked) mock.restore();
  }
}

const caller = (accountId: string) => {
  const sts = mockClient(STSClient);
  const Arn = `arn:aws:sts::${accountId}:assumed-role/daily-k7q2m9xw/anna`;
  sts.on(GetCallerIdentityCommand).resolves({ Account: accountId, Arn, UserId: "AROAEXAMPLE" });
  return sts;
};
const nobody = () =>
  mockClient(STSClient)
    .on(GetCallerIdentityCommand)
    .rejects(
      Object.assign(new Error("Could not load credentials from any providers"), {
        name: "CredentialsProviderError",
      }),
    );
const denied = () =>
  mockClient(IAMClient)
    .on(ListAccessKeysCommand)
    .rejects(
      new IAMServiceException({
        name: "AccessDenied",
        message: "not authorized to perform: iam:ListAccessKeys",
        $fault: "client",
        $metadata: {},
      }),
    );

/** A reactivation by one who holds these keys. */
function reactivated(
  keys: readonly AccessKey[],
  difference: { readonly hours?: number; readonly quarantine?: string } = {},
): Promise<string> {
  const [valid] = validateBaseline([home], NOW);
  const iam = {
    listUsers: async function* () {},
    listAccessKeys: async () => keys,
    lastUsed: async () => "never" as const,
    listTags: async () => ({}),
    deactivate: async () => "done" as const,
    tag: async () => {
      throw Object.assign(new Error("Rate exceeded"), { name: "Throttling" });
    },
    activate: async () => {},
    quarantineOf: async () => difference.quarantine,
  };
  const request = {
    userName: "laptop",
    reason: "demo in Tokyo",
    hours: difference.hours,
    lastFour: undefined,
    despiteQuarantine: false,
    by: "arn:aws:sts::111122223333:assumed-role/daily-k7q2m9xw/anna",
  };
  return printed(() => valid && reactivateKey(iam, valid, request, NOW, () => {}));
}

const other = accessKey({ accessKeyId: "AKIAI44QH8DHBEXAMPK2" });
const DIGEST = `sha256:${"0".repeat(64)}`;
const REASON = ["--reason", "demo in Tokyo"] as const;

/** What commands refuse, by code. */
export const RAISED_BY_COMMANDS: Readonly<Record<string, Raised>> = {
  "command-line-invalid": () => errorOf(["access", "--formt", "json"]),
  "drill-refused": () => errorOf(["drill", "leaked-key", "laptop", "--environment", "home", "--yes"]),
  "option-value-invalid": () =>
    errorOf(["keys", "reactivate", "laptop", ...REASON, "--environment", "home", "--hours", "soon"]),
  "option-conflict": () => errorOf(["keys", "deactivate", "--yes", "--dry-run"]),
  "unknown-action": () =>
    errorOf(["access", "--from-state", "state.json", "--principal", "laptop", "--action", "s3:GetObjct"], {
      "state.json": JSON.stringify({ version: 4, resources: [] }),
    }),
  "ambiguous-name": () => errorOf(["keys", "reactivate", "laptop", ...REASON]),
  "break-glass-key": () => errorOf(["keys", "reactivate", "emergency", ...REASON]),
  "file-unreadable": () => errorOf(["access", "--from-plan", "plan.json"]),
  "terraform-too-old": () =>
    errorOf(["access", "--from-plan", "plan.json"], {
      "plan.json": '{"format_version":"0.1","terraform_version":"0.12.31","planned_values":{}}',
    }),
  "resource-twice": () =>
    errorOf(["access"], {
      "cdktf.out/stacks/prod-identity/cdk.tf.json": JSON.stringify({
        resource: [{ aws_iam_role: { admin: {} } }, { aws_iam_role: { admin: {} } }],
      }),
    }),
  "stack-files-beside": () =>
    errorOf(["access"], {
      "cdktf.out/stacks/prod-identity/cdk.tf.json": "{}",
      "cdktf.out/stacks/prod-identity/override.tf.json": "{}",
    }),
  "json-key-twice": () =>
    errorOf(["access", "--from-plan", "plan.json"], {
      "plan.json": '{"resource":{"aws_iam_role":{"admin":{},"admin":{}}}}',
    }),
  "file-not-json": () => errorOf(["access", "--from-plan", "plan.bin"], { "plan.bin": "PK" }),
  "file-unwritable": () =>
    errorOf(["access", "--from-state", "state.json", "--output", "no/such/folder.json"], {
      "state.json": JSON.stringify({ version: 4, resources: [] }),
    }),
  "project-missing": () => errorOf(["keys", "list"], {}),
  "project-unloadable": () =>
    errorOf(["keys", "list"], { "environments/index.js": "exports.environments = [personal];" }),
  "acceptance-invalid": () =>
    errorOf(["review", "--plan", "plan.json", "--accepted", "accepted.json"], {
      "plan.json": JSON.stringify({ format_version: "1.2", planned_values: {}, resource_changes: [] }),
      "accepted.json": JSON.stringify([{ finding: "key-too-old", subject: "user/laptop" }]),
    }),
  "credentials-missing": () =>
    withSdk(
      () => [nobody()],
      () => errorOf(["keys", "list", "home"]),
    ),
  "account-mismatch": () =>
    withSdk(
      () => [caller("444455556666")],
      () => errorOf(["keys", "list", "home"]),
    ),
  "aws-call-failed": () =>
    withSdk(
      () => [caller("111122223333"), denied()],
      () => errorOf(["keys", "reactivate", "laptop", ...REASON, "--environment", "home"]),
    ),
  "key-ambiguous": () => reactivated([accessKey(), other]),
  "reactivation-refused": () => reactivated([accessKey()], { hours: 72 }),
  "key-change-failed": () => reactivated([accessKey()]),
  "user-quarantined-key": () => reactivated([accessKey()], { quarantine: "AWSCompromisedKeyQuarantineV3" }),
  "credential-report-missing": () =>
    printed(async () => {
      const iam = mockClient(IAMClient);
      iam.on(GenerateCredentialReportCommand).resolves({ State: "STARTED" });
      const client = iam as unknown as IAMClient;
      try {
        await fetchCredentialReport(client, { sleep: async () => {} });
      } finally {
        iam.restore();
      }
    }),
  "plan-not-reviewed": () =>
    errorOf(["apply-reviewed", "--plan-file", "plan", "--digest", DIGEST, "--terraform", "./terraform"], {
      plan: "binary",
      terraform: '#!/bin/sh\necho \'{"format_version":"1.2"}\'\n',
    }),
  "file-not-reviewed": () => {
    const change = {
      actions: ["create"],
      after: { filename: "assets/deactivate-access-keys.zip", source_code_hash: `${"A".repeat(43)}=` },
    };
    const plan = {
      resource_changes: [{ address: "aws_lambda_function.f", type: "aws_lambda_function", change }],
    };
    return errorOf(
      [
        "apply-reviewed",
        "--plan-file",
        "plan",
        "--digest",
        contentDigest(plan),
        "--terraform",
        "./terraform",
      ],
      {
        plan: "binary",
        "assets/deactivate-access-keys.zip": "forged",
        terraform: `#!/bin/sh\necho '${JSON.stringify(plan)}'\n`,
      },
    );
  },
  "quarantine-taken-away": () => {
    const change = {
      actions: ["update"],
      before: {
        user_name: "work",
        policy_arns: ["arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3"],
      },
      after: { user_name: "work", policy_arns: [] },
    };
    const plan = {
      resource_changes: [{ type: "aws_iam_user_policy_attachments_exclusive", change }],
    };
    return errorOf(
      [
        "apply-reviewed",
        "--plan-file",
        "plan",
        "--digest",
        contentDigest(plan),
        "--terraform",
        "./terraform",
      ],
      { plan: "binary", terraform: `#!/bin/sh\necho '${JSON.stringify(plan)}'\n` },
    );
  },
  "terraform-failed": () =>
    errorOf(["apply-reviewed", "--plan-file", "plan", "--digest", DIGEST, "--terraform", "./terraform"], {
      plan: "binary",
      terraform: "#!/bin/sh\necho 'Error: Failed to read plan from plan file' >&2\nexit 1\n",
    }),
};
