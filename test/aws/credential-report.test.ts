import {
  CredentialReportExpiredException,
  CredentialReportNotPresentException,
  CredentialReportNotReadyException,
  GenerateCredentialReportCommand,
  GetCredentialReportCommand,
  IAMClient,
  LimitExceededException,
} from "@aws-sdk/client-iam";
import { mockClient } from "aws-sdk-client-mock";
import { fetchCredentialReport } from "../../src/aws/credential-report";

const iam = mockClient(IAMClient);
const GENERATED = new Date("2026-11-23T12:00:00Z");
const REPORT = {
  Content: Buffer.from("user,arn\né,x"),
  ReportFormat: "text/csv",
  GeneratedTime: GENERATED,
} as const;
const error = { message: "not now", $metadata: {} };

let slept: number[];
const fetchReport = (maxAttempts = 10) =>
  fetchCredentialReport(new IAMClient({ region: "us-east-1" }), {
    maxAttempts,
    sleep: async (milliseconds) => {
      slept.push(milliseconds);
    },
  });

beforeEach(() => {
  iam.reset();
  slept = [];
});

/** IAM's answers to GenerateCredentialReport, in order; the last one stays. */
function generates(...states: ("STARTED" | "INPROGRESS" | "COMPLETE")[]): void {
  const [last] = states.slice(-1);
  const stub = iam.on(GenerateCredentialReportCommand);
  for (const State of states) stub.resolvesOnce({ State });
  stub.resolves({ State: last });
}

describe("fetching the credential report", () => {
  test("asks until it is complete, two seconds apart", async () => {
    generates("STARTED", "INPROGRESS", "INPROGRESS", "COMPLETE");
    iam.on(GetCredentialReportCommand).resolves(REPORT);
    expect(await fetchReport()).toEqual({ text: "user,arn\né,x", generatedTime: GENERATED });
    expect(slept).toEqual([2_000, 2_000, 2_000]);
  });

  test("takes a report that IAM already has without waiting", async () => {
    generates("COMPLETE");
    iam.on(GetCredentialReportCommand).resolves(REPORT);
    await fetchReport();
    expect(slept).toEqual([]);
  });

  test.each([
    ["ReportExpired", new CredentialReportExpiredException(error)],
    ["ReportNotPresent", new CredentialReportNotPresentException(error)],
    ["ReportInProgress", new CredentialReportNotReadyException(error)],
  ])("asks for a new one after %s", async (_code, refusal) => {
    generates("COMPLETE");
    iam.on(GetCredentialReportCommand).rejectsOnce(refusal).resolves(REPORT);
    expect((await fetchReport()).generatedTime).toBe(GENERATED);
    expect(iam.commandCalls(GenerateCredentialReportCommand)).toHaveLength(2);
  });

  test("refuses to go on without a report when IAM never finishes", async () => {
    generates("STARTED", "INPROGRESS");
    await expect(fetchReport(5)).rejects.toThrow(
      "no credential report in 5 attempts, 2 s apart; its last word was INPROGRESS",
    );
    expect(iam.commandCalls(GenerateCredentialReportCommand)).toHaveLength(5);
  });

  test("refuses to go on without a report when it expires every time", async () => {
    generates("COMPLETE");
    iam.on(GetCredentialReportCommand).rejects(new CredentialReportExpiredException(error));
    await expect(fetchReport(3)).rejects.toThrow("its last word was ReportExpired");
  });

  test.each([
    ["without content", { GeneratedTime: GENERATED }],
    ["with empty content", { Content: new Uint8Array(), GeneratedTime: GENERATED }],
    ["without a date", { Content: Buffer.from("user") }],
  ])("refuses an answer %s", async (_what, answer) => {
    generates("COMPLETE");
    iam.on(GetCredentialReportCommand).resolves(answer as never);
    await expect(fetchReport()).rejects.toThrow("empty credential report");
  });

  test("passes IAM's own refusal on", async () => {
    iam.on(GenerateCredentialReportCommand).rejects(new LimitExceededException(error));
    await expect(fetchReport()).rejects.toThrow(LimitExceededException);
  });
});
