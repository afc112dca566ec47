import {
  CredentialReportExpiredException,
  GenerateCredentialReportCommand,
  GetCredentialReportCommand,
  IAMClient,
  ListAccessKeysCommand,
  ListServerCertificatesCommand,
} from "@aws-sdk/client-iam";
import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { mockClient } from "aws-sdk-client-mock";
import { auditHandler } from "../../../lambda/audit-credential-report/audit-handler";
import type { AuditScope } from "../../../src/credentials/audit/audit-scope";
import { accessDenied } from "../../support/fake-iam";
import { VirtualTime } from "../../support/virtual-time";

const iam = mockClient(IAMClient);
const sns = mockClient(SNSClient);

const HEADER =
  "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated";
const NO_KEY = "false,N/A,N/A,N/A,N/A";
const ROOT = `<root_account>,arn:aws:iam::111122223333:root,2024-01-01T00:00:00Z,true,2026-05-02T07:11:12Z,2024-03-01T09:00:00Z,not_supported,true,${NO_KEY},${NO_KEY},false,N/A,false,N/A`;
const user = (name: string, key: string, mfa = "true") =>
  `${name},arn:aws:iam::111122223333:user/baseline/device/${name},2026-09-01T08:00:00Z,false,N/A,N/A,N/A,${mfa},${key},${NO_KEY},false,N/A,false,N/A`;
const ACTIVE = "true,2026-11-01T08:00:00Z,2026-11-22T08:00:00Z,ap-northeast-1,sts";

const SCOPE: AuditScope = {
  version: 1,
  users: { device: ["work"], ci: [], "break-glass": [] },
  paths: { device: "/baseline/device/", ci: "/baseline/ci/", "break-glass": "/baseline/break-glass/" },
  acceptances: [],
};

const NIGHTLY: AuditScope = {
  ...SCOPE,
  keyRules: {
    version: 1,
    managedPaths: ["/baseline/device/"],
    exemptPaths: ["/baseline/break-glass/"],
    rules: [{ name: "nightly", reason: "keys are for the day", paths: ["/baseline/device/"], nightly: true }],
  },
  nightly: { cron: "cron(0 0 * * ? *)", timeZone: "Asia/Tokyo" },
};

async function audit(
  rows: readonly string[],
  options: { scope?: AuditScope; generated?: string; now?: string } = {},
) {
  const { scope = SCOPE, generated = "2026-11-23T12:00:00Z", now = "2026-11-23T12:01:00Z" } = options;
  iam.on(GetCredentialReportCommand).resolves({
    Content: Buffer.from([HEADER, ...rows].join("\n")),
    GeneratedTime: new Date(generated),
  });
  return runAudit({ AUDIT_SCOPE: JSON.stringify(scope) }, now);
}

async function runAudit(variables: Record<string, string> = {}, now = "2026-11-23T12:01:00Z") {
  const time = new VirtualTime(now);
  const deadline = time.now().getTime() + 300_000;
  const lines: string[] = [];
  const spies = [process.stdout, process.stderr].map((stream) =>
    jest.spyOn(stream, "write").mockImplementation((chunk) => {
      lines.push(String(chunk));
      return true;
    }),
  );
  const handler = auditHandler({
    iam: new IAMClient({ region: "us-east-1" }),
    sns: new SNSClient({ region: "us-east-1" }),
    variables: {
      ENVIRONMENT: "personal",
      TOPIC_ARN: "arn:aws:sns:ap-northeast-1:111122223333:hygiene",
      AUDIT_SCOPE: JSON.stringify(SCOPE),
      ...variables,
    },
    now: time.now,
    sleep: time.sleep,
  });
  let error: Error | undefined;
  try {
    await handler(
      {},
      { awsRequestId: "run-1", getRemainingTimeInMillis: () => deadline - time.now().getTime() },
    );
  } catch (thrown) {
    error = thrown as Error;
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  const [sent] = sns.commandCalls(PublishCommand);
  return {
    error,
    output: lines.join(""),
    subject: sent?.args[0].input.Subject,
    message: sent?.args[0].input.Message ?? "",
    metrics: JSON.parse(lines.find((line) => line.includes("AuditCompleted")) ?? "{}") as Record<
      string,
      unknown
    >,
  };
}

beforeEach(() => {
  iam.reset();
  sns.reset();
  sns.on(PublishCommand).resolves({ MessageId: "1" });
  iam.on(GenerateCredentialReportCommand).resolves({ State: "COMPLETE" });
  iam.on(ListServerCertificatesCommand).resolves({ ServerCertificateMetadataList: [], IsTruncated: false });
});

describe("the weekly audit", () => {
  test("tells that a clean account is clean, and how old the report is", async () => {
    const { subject, message, metrics, error } = await audit([ROOT, user("work", ACTIVE)]);
    expect(error).toBeUndefined();
    expect(subject).toBe("[personal] credential audit: nothing found");
    expect(message).toContain("1 min before the audit");
    expect(metrics).toMatchObject({ AuditCompleted: 1, FindingsCritical: 0, environment: "personal" });
  });

  test("tells and counts what it finds", async () => {
    const { subject, message, metrics, error } = await audit([
      ROOT,
      user("work", ACTIVE, "false"),
      user("intruder", ACTIVE),
    ]);
    expect(error).toBeUndefined();
    expect(message).toContain("unmanaged-user user/intruder");
    expect(message).toContain("key-without-mfa user/work");
    expect(subject).toMatch(/\d high/);
    expect(Number(metrics["FindingsHigh"])).toBeGreaterThan(0);
  });

  test("tells what the environment accepts, and does not count it", async () => {
    const scope: AuditScope = {
      ...SCOPE,
      acceptances: [
        {
          finding: "unmanaged-user",
          subject: "user/legacy",
          reason: "migrated in December",
          expires: "2026-12-31",
        },
      ],
    };
    const { subject, message } = await audit([ROOT, user("work", ACTIVE), user("legacy", NO_KEY)], { scope });
    expect(subject).toContain("nothing found");
    expect(message).toContain("unmanaged-user user/legacy until 2026-12-31: migrated in December");
  });

  test("reports expired server certificates", async () => {
    iam.on(ListServerCertificatesCommand).resolves({
      ServerCertificateMetadataList: [
        { ServerCertificateName: "www", Expiration: new Date("2026-01-01T00:00:00Z") } as never,
      ],
      IsTruncated: false,
    });
    expect((await audit([ROOT, user("work", ACTIVE)])).message).toContain("server-certificate/www");
  });

  test("asks IAM about live keys where the report is older than the last nightly run", async () => {
    iam.on(ListAccessKeysCommand).resolves({
      AccessKeyMetadata: [
        {
          AccessKeyId: "AKIAIOSFODNN7EXAMPLE",
          Status: "Active",
          CreateDate: new Date("2026-11-01T08:00:00Z"),
        },
      ],
      IsTruncated: false,
    });
    const { message } = await audit([ROOT, user("work", ACTIVE)], {
      scope: NIGHTLY,
      generated: "2026-11-23T14:00:00Z",
      now: "2026-11-23T16:00:00Z",
    });
    expect(message).toContain("HIGH nightly-key-active user/work");
    expect(message).not.toContain("AKIAIOSFODNN7EXAMPLE");
  });

  test("asks for no keys where the report is younger than the last nightly run", async () => {
    await audit([ROOT, user("work", ACTIVE)], { scope: NIGHTLY });
    expect(iam.commandCalls(ListAccessKeysCommand)).toEqual([]);
  });
});

describe("an audit that cannot be made", () => {
  test("is an error where IAM has no report, and is told as one", async () => {
    iam
      .on(GetCredentialReportCommand)
      .rejects(new CredentialReportExpiredException({ message: "expired", $metadata: {} }));
    const { error, subject, metrics } = await runAudit();
    expect(error?.name).toBe("NoCredentialReportError");
    expect(subject).toBe("[personal] credential audit: could not be made");
    expect(metrics).toEqual({});
  });

  test.each([
    ["is empty", ""],
    ["has only a header", HEADER],
    ["is cut short", `${HEADER}\n${ROOT}\n${user("work", ACTIVE).slice(0, -30)}`],
  ])("is an error where the report %s", async (_how, text) => {
    iam.on(GetCredentialReportCommand).resolves({ Content: Buffer.from(text), GeneratedTime: new Date() });
    const { error, subject } = await runAudit();
    expect(error?.name).toMatch(/CredentialReportError$/);
    expect(subject).toBe("[personal] credential audit: could not be made");
  });

  test("is told before time runs out where IAM says nothing", async () => {
    iam.on(GetCredentialReportCommand).callsFake(() => new Promise(() => {}));
    const { error, message } = await runAudit();
    expect(error?.name).toBe("IncompleteAuditError");
    expect(message).toContain("nothing is known of its credentials");
    expect(message).toContain("IAM did not answer");
  });

  test("is told as not checked, and as an error, where only the certificates cannot be listed", async () => {
    iam.on(ListServerCertificatesCommand).rejects(accessDenied("AKIAIOSFODNN7EXAMPLE"));
    const { error, message, output } = await audit([ROOT, user("work", ACTIVE)]);
    expect(message).toContain(
      "server-certificate-expired: the account's server certificates were not listed",
    );
    expect(error?.name).toBe("IncompleteAuditError");
    expect(message + output).not.toContain("AKIAIOSFODNN7EXAMPLE");
  });

  test("ends with an error where nobody could be told", async () => {
    sns.on(PublishCommand).rejects(new Error("topic not found"));
    const { error, metrics } = await audit([ROOT, user("work", ACTIVE)]);
    expect(error?.message).toContain("the notification was not sent");
    expect(metrics).toMatchObject({ AuditCompleted: 1 });
  });

  test("refuses to start with a wrong scope, and says which setting is wrong", async () => {
    const { error } = await runAudit({ AUDIT_SCOPE: "{", ENVIRONMENT: "" });
    expect(error?.name).toBe("InvalidSettingsError");
    expect(error?.message).toContain("ENVIRONMENT");
    expect(error?.message).toContain("AUDIT_SCOPE");
  });
});
