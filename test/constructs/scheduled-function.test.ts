import { App, TerraformStack, Testing } from "cdktf";
import { NotificationTopic } from "../../src/constructs/notification-topic";
import { ScheduledFunction, type ScheduledFunctionProps } from "../../src/constructs/scheduled-function";
import { dailyAt } from "../../src/environment/schedule";
import { lambdaZip } from "../../src/lambda-bundle/lambda-zip";

type Resources = Record<string, Record<string, Record<string, unknown>>>;

const place = { partition: "aws", accountId: "111122223333", region: "eu-west-1", rolePath: "/jobs/" };

/** A stack of nothing but a topic and a function that runs every night. */
function resources(difference: Partial<ScheduledFunctionProps> = {}): Resources {
  const stack = new TerraformStack(new App(), "jobs");
  const topic = new NotificationTopic(stack, "topic", {
    topicName: "told",
    arn: "arn:aws:sns:eu-west-1:111122223333:told",
    accountId: "111122223333",
  });
  new ScheduledFunction(stack, "job", {
    place,
    functionName: "nightly-job",
    description: "Does something every night",
    code: lambdaZip("audit-credential-report"),
    handler: "index.handler",
    environmentVariables: { GREETING: "hello ${name}" },
    statements: [{ Effect: "Allow", Action: "s3:ListAllMyBuckets", Resource: "*" }],
    schedule: dailyAt("03:30", "Europe/Berlin"),
    topic,
    ...difference,
  });
  return (JSON.parse(Testing.synth(stack)) as { resource: Resources }).resource;
}

const one = (all: Resources, type: string) => {
  const found = Object.values(all[type] ?? {});
  expect(found).toHaveLength(1);
  return found[0];
};

const plain = resources();

test("brings everything that it needs, with no environment about it", () => {
  const counts = Object.entries(plain).map(([type, named]) => [type, Object.keys(named).length]);
  expect(Object.fromEntries(counts)).toEqual({
    aws_cloudwatch_log_group: 1,
    aws_cloudwatch_metric_alarm: 5,
    aws_iam_role: 2,
    aws_iam_role_policies_exclusive: 2,
    aws_iam_role_policy: 2,
    aws_iam_role_policy_attachments_exclusive: 2,
    aws_lambda_function: 1,
    aws_lambda_function_event_invoke_config: 1,
    aws_scheduler_schedule: 1,
    aws_scheduler_schedule_group: 1,
    aws_sns_topic: 1,
    aws_sns_topic_policy: 1,
    aws_sqs_queue: 2,
  });
});

test("names roles below the given path, and says so in every reference", () => {
  expect(
    Object.values(plain["aws_iam_role"] ?? {})
      .map(({ name, path }) => `${path}${name}`)
      .sort(),
  ).toEqual(["/jobs/nightly-job", "/jobs/nightly-job-schedule"]);
  expect(one(plain, "aws_lambda_function")?.["role"]).toBe("arn:aws:iam::111122223333:role/jobs/nightly-job");
});

test("gives variables to Terraform as text", () => {
  expect(one(plain, "aws_lambda_function")).toMatchObject({
    environment: { variables: { GREETING: "hello $${name}" } },
  });
});

test("invokes without input unless there is some", () => {
  expect(one(plain, "aws_scheduler_schedule")).not.toHaveProperty("target.input");
  const withInput = resources({ input: '{"name":"${x}"}' });
  expect(one(withInput, "aws_scheduler_schedule")).toHaveProperty("target.input", '{"name":"$${x}"}');
});

test.each<[string, Partial<ScheduledFunctionProps>, string, string, unknown]>([
  ["runtime", { runtime: "nodejs22.x" }, "aws_lambda_function", "runtime", "nodejs22.x"],
  ["architecture", { architecture: "x86_64" }, "aws_lambda_function", "architectures", ["x86_64"]],
  ["memory", { memorySize: 256 }, "aws_lambda_function", "memory_size", 256],
  ["timeout", { timeoutSeconds: 60 }, "aws_lambda_function", "timeout", 60],
  ["retention", { logRetentionDays: 30 }, "aws_cloudwatch_log_group", "retention_in_days", 30],
  ["retries", { retries: 0 }, "aws_lambda_function_event_invoke_config", "maximum_retry_attempts", 0],
  ["state", { enabled: false }, "aws_scheduler_schedule", "state", "DISABLED"],
])("takes another %s", (_what, difference, type, attribute, value) => {
  expect(one(resources(difference), type)?.[attribute]).toEqual(value);
  expect(one(plain, type)?.[attribute]).not.toEqual(value);
});

test("two of them live in one stack", () => {
  const stack = new TerraformStack(new App(), "jobs");
  const topic = new NotificationTopic(stack, "topic", {
    topicName: "told",
    arn: "arn:aws:sns:eu-west-1:111122223333:told",
    accountId: "111122223333",
  });
  for (const functionName of ["first", "second"]) {
    new ScheduledFunction(stack, functionName, {
      place,
      functionName,
      description: "x",
      code: lambdaZip("audit-credential-report"),
      handler: "index.handler",
      environmentVariables: {},
      statements: [],
      schedule: dailyAt("03:30", "UTC"),
      topic,
    });
  }
  const all = (JSON.parse(Testing.synth(stack)) as { resource: Resources }).resource;
  expect(
    Object.values(all["aws_lambda_function"] ?? {})
      .map((each) => each["function_name"])
      .sort(),
  ).toEqual(["first", "second"]);
});
