import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { unpackAuditScope } from "../../src/credentials/audit/audit-scope";
import { auditScopeOf, keyRulesOf } from "../../src/credentials/environment-credentials";
import { unpackKeyRules } from "../../src/credentials/pack-key-rules";
import type { EnvironmentInput } from "../../src/environment/environment";
import { dailyAt } from "../../src/environment/schedule";
import { evaluate } from "../../src/iam/evaluate";
import { lambdaZip } from "../../src/lambda-bundle/lambda-zip";
import { validateBaseline } from "../../src/proofs/validate-baseline";
import { graphFromStack } from "../../src/sources/stack/graph-from-stack";
import { device, environment, many, NOW } from "../builders/environment";
import { environments } from "../shipped";
import {
  type Resource,
  resourcesOf,
  type SynthesizedStack,
  stackOf,
  synthesize,
} from "../support/synthesize";

const input: EnvironmentInput = environment({
  breakGlass: { emergency: { owner: "anna", roles: ["daily"] } },
  keyRules: {
    schedule: dailyAt("22:30", "Europe/Berlin"),
    dryRun: false,
    rules: {
      nightly: { appliesTo: { path: "device" }, nightly: true, reason: "keys are for the day" },
      old: { appliesTo: { path: "ci" }, maxAgeDays: 90, unusedDays: 45, reason: "${HOME} and %{if}" },
    },
    exemptPaths: ["/baseline/device/lab/"],
    notifications: { emails: ["a@example.com", "b@example.com"] },
    logRetentionDays: 731,
  },
  recovery: "break-glass-user",
});
const stacks = synthesize(input);
const stack = stackOf(stacks, "prod-credential-hygiene");
const personal = stackOf(synthesize(...environments), "personal-credential-hygiene");

const only = (from: SynthesizedStack, type: string, part: string): Resource["attributes"] => {
  const found = resourcesOf(from, type).filter(({ address }) => address.includes(part));
  if (found.length !== 1) throw new Error(`expected one ${type} of ${part}, got ${found.length}`);
  return found[0]?.attributes ?? {};
};
const RUN = ".deactivate-access-keys_";
const AUDIT = ".audit-credential-report_";
const account = "arn:aws:iam::111122223333";
const runRole = `${account}:role/baseline/baseline-deactivate-access-keys`;

/** What the function that runs as a role of the stack may do; or whoever holds the role's credentials elsewhere. */
function effect(
  json: unknown,
  role: string,
  action: string,
  resource: string,
  by: "function" | "elsewhere" = "function",
  region = "eu-central-1",
): string {
  const name = role.slice(role.lastIndexOf("/") + 1);
  const functionArn = `arn:aws:lambda:${region}:111122223333:function:${name}`;
  const request = {
    ...(by === "function"
      ? { context: { "lambda:SourceFunctionArn": functionArn } }
      : { absentContext: ["lambda:SourceFunctionArn"] }),
    principal: role,
    credentials: { kind: "role-session" },
    network: "none",
    action,
    resource,
  } as const;
  return evaluate(request, graphFromStack(json)).effect;
}

/** The stack's text with something else in it. */
function mutant(from: SynthesizedStack, part: RegExp, replacement: string): unknown {
  const text = from.text.replace(part, () => replacement);
  if (text === from.text) throw new Error(`${part} matches nothing: no mutant`);
  return JSON.parse(text);
}

describe("the run's role", () => {
  const user = (path: string) => `${account}:user${path}`;
  const logs = "arn:aws:logs:eu-central-1:111122223333:log-group:/aws/lambda";
  test.each([
    ["iam:UpdateAccessKey", user("/baseline/device/laptop"), "Allowed"],
    ["iam:UpdateAccessKey", user("/baseline/ci/octo.website"), "Allowed"],
    ["iam:ListAccessKeys", user("/baseline/device/stray"), "Allowed"],
    ["iam:GetAccessKeyLastUsed", user("/baseline/ci/octo.website"), "Allowed"],
    ["iam:ListUsers", "*", "Allowed"],
    ["iam:UpdateAccessKey", user("/baseline/break-glass/emergency"), "ExplicitlyDenied"],
    ["iam:UpdateAccessKey", user("/baseline/device/lab/robot"), "ExplicitlyDenied"],
    ["iam:UpdateAccessKey", user("/legacy"), "ImplicitlyDenied"],
    ["iam:UpdateAccessKey", user("/other/device/laptop"), "ImplicitlyDenied"],
    ["iam:CreateAccessKey", user("/baseline/device/laptop"), "ImplicitlyDenied"],
    ["iam:DeleteAccessKey", user("/baseline/device/laptop"), "ImplicitlyDenied"],
    ["iam:TagUser", user("/baseline/device/laptop"), "ImplicitlyDenied"],
    ["iam:ListUserTags", user("/baseline/device/laptop"), "ImplicitlyDenied"],
    ["iam:PutGroupPolicy", `${account}:group/baseline/developers`, "ImplicitlyDenied"],
    ["logs:PutLogEvents", `${logs}/baseline-deactivate-access-keys:log-stream:x`, "Allowed"],
    ["logs:PutLogEvents", `${logs}/baseline-audit-credential-report:log-stream:x`, "ImplicitlyDenied"],
    ["logs:CreateLogGroup", `${logs}/baseline-deactivate-access-keys:*`, "ImplicitlyDenied"],
    ["sns:Publish", "arn:aws:sns:eu-central-1:111122223333:baseline-credential-hygiene", "Allowed"],
    ["sns:Publish", "arn:aws:sns:eu-central-1:111122223333:other", "ImplicitlyDenied"],
    [
      "sqs:SendMessage",
      "arn:aws:sqs:eu-central-1:111122223333:baseline-deactivate-access-keys-failures",
      "Allowed",
    ],
    ["lambda:InvokeFunction", "arn:aws:lambda:eu-central-1:111122223333:function:other", "ImplicitlyDenied"],
  ])("%s on %s: %s", (action, resource, expected) => {
    expect(effect(stack.json, runRole, action, resource)).toBe(expected);
  });

  test("may read tags only where reactivations are honoured", () => {
    const work = user("/baseline/device/work");
    const tokyo = "ap-northeast-1";
    expect(effect(personal.json, runRole, "iam:ListUserTags", work, "function", tokyo)).toBe("Allowed");
  });

  test.each([
    [
      "a path dropped",
      /\\"[^"]*user\/baseline\/ci\/\*\\",/,
      "",
      "/baseline/ci/octo.website",
      "ImplicitlyDenied",
    ],
    [
      "the Deny dropped",
      /\\"Effect\\":\\"Deny\\",\\"Action\\":\\"iam:UpdateAccessKey\\"/,
      '\\"Effect\\":\\"Allow\\",\\"Action\\":\\"iam:UpdateAccessKey\\"',
      "/baseline/break-glass/emergency",
      "Allowed",
    ],
    ["the resource widened", /user\/baseline\/device\/\*/, "user/*", "/legacy", "Allowed"],
  ])("the mutant %s changes a decision above", (_what, part, replacement, path, expected) => {
    const json = mutant(stack, part, replacement);
    expect(effect(json, runRole, "iam:UpdateAccessKey", user(path))).toBe(expected);
  });
});

test("the run's role allows nothing to whoever takes its credentials elsewhere", () => {
  const work = `${account}:user/baseline/device/laptop`;
  for (const [action, resource] of [
    ["iam:UpdateAccessKey", work],
    ["iam:ListUsers", "*"],
    ["sns:Publish", "arn:aws:sns:eu-central-1:111122223333:baseline-credential-hygiene"],
  ] as const) {
    expect(effect(stack.json, runRole, action, resource)).toBe("Allowed");
    expect(effect(stack.json, runRole, action, resource, "elsewhere")).toBe("ImplicitlyDenied");
  }
});

describe("the audit's role", () => {
  const role = `${account}:role/baseline/baseline-audit-credential-report`;
  test.each([
    ["iam:GenerateCredentialReport", "*", "Allowed"],
    ["iam:GetCredentialReport", "*", "Allowed"],
    ["iam:ListServerCertificates", "*", "Allowed"],
    ["iam:ListAccessKeys", `${account}:user/legacy`, "Allowed"],
    ["iam:UpdateAccessKey", `${account}:user/baseline/device/laptop`, "ImplicitlyDenied"],
    ["iam:DeleteLoginProfile", `${account}:user/baseline/device/laptop`, "ImplicitlyDenied"],
  ])("%s on %s: %s", (action, resource, expected) => {
    expect(effect(stack.json, role, action, resource)).toBe(expected);
  });
});

describe("the scheduler's role", () => {
  const role = `${runRole}-schedule`;
  const group = "arn:aws:scheduler:eu-central-1:111122223333:schedule-group/baseline-deactivate-access-keys";
  const assume = (context: Record<string, string>, principal = "scheduler.amazonaws.com") =>
    evaluate(
      {
        principal,
        credentials: { kind: "service" },
        network: "none",
        action: "sts:AssumeRole",
        resource: role,
        context,
      },
      graphFromStack(stack.json),
    ).effect;

  test("is assumed for its own schedule group of its own account", () => {
    expect(assume({ "aws:SourceAccount": "111122223333", "aws:SourceArn": group })).toBe("Allowed");
  });

  test.each([
    ["another account", { "aws:SourceAccount": "444455556666", "aws:SourceArn": group }],
    ["another group", { "aws:SourceAccount": "111122223333", "aws:SourceArn": `${group}-2` }],
    [
      "nobody says what for",
      { "aws:SourceAccount": [] as unknown as string, "aws:SourceArn": [] as unknown as string },
    ],
  ])("is not assumed for %s", (_what, context) => {
    expect(assume(context)).toBe("ImplicitlyDenied");
  });

  test("is not assumed by another service", () => {
    const context = { "aws:SourceAccount": "111122223333", "aws:SourceArn": group };
    expect(assume(context, "lambda.amazonaws.com")).toBe("ImplicitlyDenied");
  });

  test.each([
    [
      "lambda:InvokeFunction",
      "arn:aws:lambda:eu-central-1:111122223333:function:baseline-deactivate-access-keys",
      "Allowed",
    ],
    ["lambda:InvokeFunction", "arn:aws:lambda:eu-central-1:111122223333:function:other", "ImplicitlyDenied"],
    [
      "lambda:UpdateFunctionCode",
      "arn:aws:lambda:eu-central-1:111122223333:function:baseline-deactivate-access-keys",
      "ImplicitlyDenied",
    ],
    [
      "sqs:SendMessage",
      "arn:aws:sqs:eu-central-1:111122223333:baseline-deactivate-access-keys-undelivered",
      "Allowed",
    ],
    ["iam:UpdateAccessKey", `${account}:user/baseline/device/laptop`, "ImplicitlyDenied"],
  ])("%s on %s: %s", (action, resource, expected) => {
    expect(effect(stack.json, role, action, resource)).toBe(expected);
  });
});

describe("the schedule", () => {
  test("of personal is midnight in Tokyo", () => {
    expect(only(personal, "aws_scheduler_schedule", RUN)).toMatchObject({
      schedule_expression: "cron(0 0 * * ? *)",
      schedule_expression_timezone: "Asia/Tokyo",
    });
  });

  const schedule = (json: unknown) =>
    Object.entries(
      (json as { resource: Record<string, Record<string, Record<string, unknown>>> }).resource[
        "aws_scheduler_schedule"
      ] ?? {},
    ).find(([id]) => id.startsWith("deactivate-access-keys"))?.[1];

  test("is on, and the mutant that is off differs in just that", () => {
    expect(schedule(stack.json)?.["state"]).toBe("ENABLED");
    const off = mutant(
      stack,
      /("name": "baseline-deactivate-access-keys",(?:(?!"state")[\s\S])*"state": )"ENABLED"/,
      '"state": "DISABLED"',
    );
    expect(schedule(off)?.["state"]).not.toBe("ENABLED");
  });

  test("gives up after an hour, ten times at most, and keeps what could not be handed over", () => {
    expect(only(stack, "aws_scheduler_schedule", RUN)).toMatchObject({
      schedule_expression: "cron(30 22 * * ? *)",
      schedule_expression_timezone: "Europe/Berlin",
      flexible_time_window: { mode: "OFF" },
      target: {
        arn: "arn:aws:lambda:eu-central-1:111122223333:function:baseline-deactivate-access-keys",
        role_arn: `${runRole}-schedule`,
        retry_policy: { maximum_event_age_in_seconds: 3600, maximum_retry_attempts: 10 },
        dead_letter_config: {
          arn: "arn:aws:sqs:eu-central-1:111122223333:baseline-deactivate-access-keys-undelivered",
        },
      },
    });
  });

  test("is in a group of its own, which the trust names", () => {
    expect(only(stack, "aws_scheduler_schedule_group", RUN)["name"]).toBe("baseline-deactivate-access-keys");
    expect(only(stack, "aws_scheduler_schedule", RUN)["group_name"]).toMatch(
      /^\$\{aws_scheduler_schedule_group\.deactivate/,
    );
  });

  test("of the audit is every Monday in the same zone", () => {
    expect(only(stack, "aws_scheduler_schedule", AUDIT)).toMatchObject({
      schedule_expression: "cron(0 6 ? * MON *)",
      schedule_expression_timezone: "Europe/Berlin",
      state: "ENABLED",
    });
  });
});

describe("the function", () => {
  test("runs once at a time, small, on arm64, for fifteen minutes at most", () => {
    expect(only(stack, "aws_lambda_function", RUN)).toMatchObject({
      function_name: "baseline-deactivate-access-keys",
      runtime: "nodejs24.x",
      architectures: ["arm64"],
      memory_size: 128,
      timeout: 900,
      reserved_concurrent_executions: 1,
      handler: "index.handler",
      logging_config: { log_format: "JSON" },
    });
  });

  test("keeps a failed run in a queue of its own, and is tried twice more within the hour", () => {
    expect(only(stack, "aws_lambda_function_event_invoke_config", RUN)).toMatchObject({
      maximum_retry_attempts: 2,
      maximum_event_age_in_seconds: 3600,
      destination_config: {
        on_failure: {
          destination: "arn:aws:sqs:eu-central-1:111122223333:baseline-deactivate-access-keys-failures",
        },
      },
    });
  });

  test("is deployed from a zip beside the stack, with the hash of its content", () => {
    const { filename, source_code_hash: hash } = only(stack, "aws_lambda_function", RUN);
    expect(filename).toMatch(/^assets\/.*\/deactivate-access-keys\.zip$/);
    const bytes = readFileSync(lambdaZip("deactivate-access-keys").zipPath);
    expect(hash).toBe(createHash("sha256").update(bytes).digest("base64"));
  });

  test("gets the environment's rules, as they are resolved", () => {
    const variables = variablesOf(stack, RUN);
    const [valid] = validateBaseline([input], NOW);
    expect(valid && unpackKeyRules(plain(variables["KEY_RULES"]), {})).toEqual(valid && keyRulesOf(valid));
    expect(variables).toMatchObject({ DRY_RUN: "false", ENVIRONMENT: "prod" });
  });

  test("gets braces of a reason in a form that Terraform leaves alone", () => {
    expect(variablesOf(stack, RUN)["KEY_RULES"]).toContain("$${HOME} and %%{if}");
  });

  test("of the audit gets the environment's scope", () => {
    const [valid] = validateBaseline([input], NOW);
    expect(valid && unpackAuditScope(plain(variablesOf(stack, AUDIT)["AUDIT_SCOPE"]), {})).toEqual(
      valid && JSON.parse(JSON.stringify(auditScopeOf(valid, [valid]))),
    );
  });

  test("only reports, where the environment does not say otherwise", () => {
    expect(variablesOf(personal, RUN)["DRY_RUN"]).toBe("true");
  });

  test("gets rules that are too large for a variable with each event", () => {
    const devices = many(200, "device-with-a-long-name-", device({ roles: [] }));
    const large = environment({
      devices: { ...devices, laptop: device() },
      keyRules: {
        schedule: dailyAt("22:30", "Europe/Berlin"),
        rules: {
          nightly: { appliesTo: { group: "developers" }, nightly: true, reason: "keys are for the day" },
        },
      },
      recovery: { root: { acknowledgeRootRecovery: true } },
    });
    const synthesized = stackOf(synthesize(large), "prod-credential-hygiene");
    expect(variablesOf(synthesized, RUN)["KEY_RULES"]).toBe("event");
    const { target } = only(synthesized, "aws_scheduler_schedule", RUN) as { target: { input: string } };
    expect(unpackKeyRules("event", JSON.parse(target.input)).rules[0]?.users).toHaveLength(201);
  });
});

const variablesOf = (from: SynthesizedStack, part: string): Record<string, string> =>
  (only(from, "aws_lambda_function", part) as { environment: { variables: Record<string, string> } })
    .environment.variables;
/** As Lambda gets it: Terraform's escapes undone. */
const plain = (text: string | undefined) => text?.replaceAll("$${", () => "${").replaceAll("%%{", () => "%{");

describe("alarms", () => {
  const alarm = (name: string) => {
    const found = resourcesOf(stack, "aws_cloudwatch_metric_alarm").filter(
      ({ attributes }) => attributes["alarm_name"] === `baseline-deactivate-access-keys-${name}`,
    );
    expect(found).toHaveLength(1);
    return found[0]?.attributes;
  };
  const topic = "arn:aws:sns:eu-central-1:111122223333:baseline-credential-hygiene";

  test.each([
    ["errors", "AWS/Lambda", "Errors", { FunctionName: "baseline-deactivate-access-keys" }],
    [
      "failures",
      "AWS/SQS",
      "ApproximateNumberOfMessagesVisible",
      { QueueName: "baseline-deactivate-access-keys-failures" },
    ],
    [
      "undelivered",
      "AWS/SQS",
      "ApproximateNumberOfMessagesVisible",
      { QueueName: "baseline-deactivate-access-keys-undelivered" },
    ],
    [
      "dropped",
      "AWS/Scheduler",
      "InvocationDroppedCount",
      { ScheduleGroup: "baseline-deactivate-access-keys" },
    ],
    [
      "target-errors",
      "AWS/Scheduler",
      "TargetErrorCount",
      { ScheduleGroup: "baseline-deactivate-access-keys" },
    ],
    ["failed-keys", "IamBaseline", "Failed", { environment: "prod", service: "deactivate-access-keys" }],
  ])("%s rings at the first %s %s", (name, namespace, metric, dimensions) => {
    expect(alarm(name)).toMatchObject({
      namespace,
      metric_name: metric,
      dimensions,
      comparison_operator: "GreaterThanOrEqualToThreshold",
      threshold: 1,
      evaluation_periods: 1,
      treat_missing_data: "notBreaching",
      alarm_actions: [topic],
    });
  });

  test("heartbeat rings when no run completed for 26 hours, and when nothing is heard at all", () => {
    expect(alarm("heartbeat")).toMatchObject({
      namespace: "IamBaseline",
      metric_name: "RunCompleted",
      dimensions: { environment: "prod", service: "deactivate-access-keys" },
      comparison_operator: "LessThanThreshold",
      threshold: 1,
      statistic: "Sum",
      period: 3600,
      evaluation_periods: 26,
      datapoints_to_alarm: 26,
      treat_missing_data: "breaching",
      alarm_actions: [topic],
    });
  });

  test("may publish to the topic for this account only", () => {
    const policy = JSON.parse(String(only(stack, "aws_sns_topic_policy", ".topic_")["policy"]));
    expect(policy.Statement[0]).toMatchObject({
      Effect: "Allow",
      Principal: { Service: "cloudwatch.amazonaws.com" },
      Action: "sns:Publish",
      Resource: topic,
      Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
    });
  });

  test("are told by e-mail to whom the environment names, and to nobody else", () => {
    expect(
      resourcesOf(stack, "aws_sns_topic_subscription")
        .map(({ attributes }) => attributes["endpoint"])
        .sort(),
    ).toEqual(["a@example.com", "b@example.com"]);
    expect(resourcesOf(personal, "aws_sns_topic_subscription")).toEqual([]);
  });
});

describe("what is kept", () => {
  test.each(["failures", "undelivered"])("%s: a standard queue, encrypted, for fourteen days", (what) => {
    const queue = only(stack, "aws_sqs_queue", `${RUN}${what}`);
    expect(queue).toMatchObject({ message_retention_seconds: 1_209_600, sqs_managed_sse_enabled: true });
    expect(queue["fifo_queue"] ?? false).toBe(false);
  });

  test("logs, for as long as the environment says, in a group made beforehand", () => {
    expect(only(stack, "aws_cloudwatch_log_group", RUN)).toMatchObject({
      name: "/aws/lambda/baseline-deactivate-access-keys",
      retention_in_days: 731,
    });
  });

  test("no secret, and no path of this machine", () => {
    expect(stack.text).not.toMatch(/AKIA|ASIA|secret_?access|password"/i);
    // the state's path leads from the folder of the test to the project
    expect(JSON.stringify(stack.resources)).not.toContain(process.cwd());
  });
});

test("both functions run on the runtime that the environment says", () => {
  const { keyRules } = input;
  const older = synthesize({
    ...input,
    ...(keyRules && { keyRules: { ...keyRules, runtime: "nodejs22.x" } }),
  });
  const functions = resourcesOf(stackOf(older, "prod-credential-hygiene"), "aws_lambda_function");
  expect(functions.map(({ attributes }) => attributes["runtime"])).toEqual(["nodejs22.x", "nodejs22.x"]);
});

test("an environment without key rules has no such stack", () => {
  expect([...synthesize(environment()).keys()]).not.toContain("prod-credential-hygiene");
});

test("resources have the attributes that the recorded plan of the provider knows", () => {
  const file = join(__dirname, "../fixtures/terraform/hygiene-create.plan.json");
  const plan = JSON.parse(readFileSync(file, "utf8")) as {
    planned_values: { root_module: { resources: { type: string; values: Record<string, unknown> }[] } };
    resource_changes: { type: string; change: { after_unknown: Record<string, unknown> } }[];
  };
  const meta = ["depends_on", "provider", "lifecycle"];
  const unknown: string[] = [];
  for (const { type, values } of plan.planned_values.root_module.resources) {
    const change = plan.resource_changes.find((one) => one.type === type)?.change.after_unknown ?? {};
    const known = new Set([...Object.keys(values), ...Object.keys(change), ...meta]);
    for (const { address, attributes } of resourcesOf(stack, type)) {
      unknown.push(
        ...Object.keys(attributes)
          .filter((name) => !known.has(name))
          .map((name) => `${address}.${name}`),
      );
    }
  }
  expect(unknown).toEqual([]);
});
