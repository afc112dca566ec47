import { DETECTIONS } from "../../src/detection/detections";
import { matchesPattern } from "../../src/detection/pattern/matches";
import type { EventPattern } from "../../src/detection/pattern/pattern";
import type { EnvironmentInput } from "../../src/environment/environment";
import { dailyAt } from "../../src/environment/schedule";
import { evaluate } from "../../src/iam/evaluate";
import { proveStacks } from "../../src/proofs/prove-stacks";
import { validateBaseline } from "../../src/proofs/validate-baseline";
import { graphFromStack } from "../../src/sources/stack/graph-from-stack";
import { environment, NOW } from "../builders/environment";
import { CASES } from "../fixtures/detection/cases";
import {
  policyOf,
  type Resource,
  resourcesOf,
  type SynthesizedStack,
  stackOf,
  synthesize,
} from "../support/synthesize";

const trail = { existing: "arn:aws:cloudtrail:eu-central-1:111122223333:trail/management-events" };

const SIGNED = "arn:aws:lambda:ap-northeast-1:111122223333:code-signing-config:csc-0123456789abcdef0";
const full: EnvironmentInput = environment({
  name: "prod",
  region: "ap-northeast-1",
  keyRules: {
    schedule: dailyAt("00:00", "Asia/Tokyo"),
    rules: { age: { appliesTo: { path: "ci" }, maxAgeDays: 60, unusedDays: 30, reason: "short-lived" } },
  },
  detection: {
    trail: {},
    notifications: { emails: ["oncall@example.com"] },
    digest: dailyAt("08:00", "Asia/Tokyo"),
    deploymentRoles: ["daily"],
    except: ["unused-access-found"],
    accessAnalyzer: { unusedAfterDays: 90 },
    guardDuty: {},
    config: {},
  },
  respond: {},
  codeSigningConfigArn: SIGNED,
});
const small = environment({
  name: "dev",
  accountId: "444455556666",
  region: "us-east-1",
  detection: { trail },
});

const stacks = synthesize(full, small);
const stack = stackOf(stacks, "prod-detection");
const home = stackOf(stacks, "dev-detection");

const rules = (of: SynthesizedStack) => resourcesOf(of, "aws_cloudwatch_event_rule");
const targets = (of: SynthesizedStack) => resourcesOf(of, "aws_cloudwatch_event_target");
const patternOf = ({ attributes }: Resource): EventPattern => JSON.parse(String(attributes["event_pattern"]));
const ruleNamed = (of: SynthesizedStack, name: string, region?: string) =>
  rules(of).find(({ attributes }) => attributes["name"] === name && attributes["region"] === region);

describe("the rules on the event bus", () => {
  test("are one for each wanted detection and region in which AWS delivers it", () => {
    const places = { global: 1, home: 1, both: 2, health: 2 };
    const wanted = DETECTIONS.filter(({ id }) => id !== "unused-access-found");
    const expected = wanted.reduce((sum, { place }) => sum + places[place], 0);
    // and on the bus that gets what other regions hand over one for all, and one for each that the response acts on
    const responding = wanted.filter(({ responds }) => responds === true).length;
    expect(responding).toBe(2);
    expect(rules(stack)).toHaveLength(expected + 1 + responding);
    expect(ruleNamed(stack, "baseline-unused-access-found")).toBeUndefined();
  });

  test("listen where AWS delivers: IAM in us-east-1, leaked keys in two regions, findings at home", () => {
    const regionsOf = (id: string) =>
      rules(stack)
        .filter(({ attributes }) => attributes["name"] === `baseline-${id}`)
        .map(({ attributes }) => attributes["region"] ?? "home")
        .sort();
    expect(regionsOf("access-changed")).toEqual(["us-east-1"]);
    expect(regionsOf("leaked-key")).toEqual(["us-east-1", "us-west-2"]);
    expect(regionsOf("root-used")).toEqual(["home", "us-east-1"]);
    expect(regionsOf("config-noncompliant")).toEqual(["home"]);
  });

  test.each(DETECTIONS.filter(({ id }) => id !== "unused-access-found").map(({ id }) => [id]))(
    "match the events of %s as synthesized",
    (id) => {
      const own = rules(stack).filter(({ attributes }) => attributes["name"] === `baseline-${id}`);
      expect(own.length).toBeGreaterThan(0);
      for (const rule of own) {
        const { told } = CASES[id as keyof typeof CASES];
        expect(told.every((event) => matchesPattern(patternOf(rule), event))).toBe(true);
        const reads = DETECTIONS.find((one) => one.id === id && "reads" in one && one.reads);
        expect(rule.attributes["state"]).toBe(
          reads === undefined ? "ENABLED" : "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
        );
      }
    },
  );

  test("have a target each, in the rule's region, tried for a day, with a queue of the same region", () => {
    expect(targets(stack)).toHaveLength(rules(stack).length);
    for (const { attributes } of targets(stack)) {
      const region = String(attributes["region"] ?? "ap-northeast-1");
      const { dead_letter_config: queue, retry_policy: retry } = attributes as Record<
        string,
        Record<string, unknown>
      >;
      expect(queue?.["arn"]).toContain(`:sqs:${region}:`);
      expect(retry).toEqual({ maximum_event_age_in_seconds: 86_400, maximum_retry_attempts: 185 });
      expect(attributes["arn"]).toBe(
        region === "ap-northeast-1"
          ? `arn:aws:lambda:ap-northeast-1:111122223333:function:baseline-${String(attributes["target_id"])}`
          : "arn:aws:events:ap-northeast-1:111122223333:event-bus/baseline-detection",
      );
      expect(attributes["role_arn"] !== undefined).toBe(region !== "ap-northeast-1");
    }
  });

  test("need no bus in an account whose home region has everything but the second region of AWS Health", () => {
    expect(rules(home).flatMap(({ attributes }) => attributes["region"] ?? [])).toEqual(["us-west-2"]);
  });
});

describe("what the roles may do", () => {
  const graph = graphFromStack(stack.json);
  const ask = (role: string, action: string, resource: string, functionName?: string) =>
    evaluate(
      {
        principal: `arn:aws:iam::111122223333:role/baseline/${role}`,
        credentials: { kind: "role-session" },
        network: "none",
        action,
        resource,
        ...(functionName === undefined
          ? { absentContext: ["lambda:SourceFunctionArn"] }
          : {
              context: {
                "lambda:SourceFunctionArn": `arn:aws:lambda:ap-northeast-1:111122223333:function:${functionName}`,
              },
            }),
      },
      graph,
    ).effect;
  const topic = "arn:aws:sns:ap-northeast-1:111122223333:baseline-detection";
  const queue = "arn:aws:sqs:ap-northeast-1:111122223333:baseline-notify-digest";
  const bus = "arn:aws:events:ap-northeast-1:111122223333:event-bus/baseline-detection";

  test.each([
    ["baseline-notify", "sns:Publish", topic, "baseline-notify", "Allowed"],
    ["baseline-notify", "sqs:ReceiveMessage", queue, "baseline-notify", "Allowed"],
    ["baseline-notify", "sns:Publish", topic, undefined, "ImplicitlyDenied"],
    [
      "baseline-notify",
      "iam:UpdateAccessKey",
      "arn:aws:iam::111122223333:user/baseline/device/laptop",
      "baseline-notify",
      "ImplicitlyDenied",
    ],
    ["baseline-detection-forward", "events:PutEvents", bus, undefined, "Allowed"],
    [
      "baseline-detection-forward",
      "events:PutEvents",
      bus.replace("baseline-detection", "default"),
      undefined,
      "ImplicitlyDenied",
    ],
  ])("%s: %s on %s by %s: %s", (role, action, resource, by, expected) => {
    expect(ask(role, action, resource, by)).toBe(expected);
  });

  test("the function is invoked by rules of the baseline alone", () => {
    const permissions = resourcesOf(stack, "aws_lambda_permission").map(
      ({ attributes }) => attributes["source_arn"],
    );
    expect(permissions.sort()).toEqual([
      "arn:aws:events:ap-northeast-1:111122223333:rule/baseline-*",
      "arn:aws:events:ap-northeast-1:111122223333:rule/baseline-*",
      "arn:aws:events:ap-northeast-1:111122223333:rule/baseline-detection/*",
      "arn:aws:events:ap-northeast-1:111122223333:rule/baseline-detection/*",
    ]);
  });
});

describe("what AWS itself watches with", () => {
  test("the trail records every region, with digests, into a bucket that only it writes to", () => {
    expect(resourcesOf(stack, "aws_cloudtrail").map(({ attributes }) => attributes)).toMatchObject([
      {
        name: "baseline-trail",
        s3_bucket_name: "baseline-trail-111122223333",
        is_multi_region_trail: true,
        include_global_service_events: true,
        enable_log_file_validation: true,
      },
    ]);
    const policy = resourcesOf(stack, "aws_s3_bucket_policy").find(({ attributes }) =>
      String(attributes["policy"]).includes("cloudtrail"),
    );
    expect(policyOf(policy?.attributes["policy"]).Statement).toMatchObject([
      {
        Sid: "LookAtBucket",
        Condition: {
          ArnEquals: {
            "aws:SourceArn": "arn:aws:cloudtrail:ap-northeast-1:111122223333:trail/baseline-trail",
          },
        },
      },
      {
        Sid: "WriteRecords",
        Resource: "arn:aws:s3:::baseline-trail-111122223333/AWSLogs/111122223333/*",
        Condition: { StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control" } },
      },
      { Sid: "DenyWithoutTls" },
    ]);
  });

  test("a trail that exists elsewhere is not made again", () => {
    expect(resourcesOf(home, "aws_cloudtrail")).toEqual([]);
    expect(resourcesOf(home, "aws_s3_bucket")).toEqual([]);
  });

  test("analyzers look from outside in both regions, and for what nobody uses in one", () => {
    expect(
      resourcesOf(stack, "aws_accessanalyzer_analyzer").map(({ attributes }) => [
        attributes["type"],
        attributes["region"] ?? "home",
      ]),
    ).toEqual(
      expect.arrayContaining([
        ["ACCOUNT", "home"],
        ["ACCOUNT", "us-east-1"],
        ["ACCOUNT_UNUSED_ACCESS", "home"],
      ]),
    );
    expect(resourcesOf(stack, "aws_accessanalyzer_archive_rule")[0]?.attributes["filter"]).toEqual([
      { criteria: "findingType", eq: ["UnusedIAMUserAccessKey"] },
      { criteria: "resource", contains: [":user/baseline/"] },
    ]);
  });

  test("Config records IAM, with the limits of the environment's own rules", () => {
    expect(resourcesOf(stack, "aws_config_configuration_recorder")[0]?.attributes).toMatchObject({
      recording_group: { all_supported: false, resource_types: expect.arrayContaining(["AWS::IAM::User"]) },
    });
    const parameters = Object.fromEntries(
      resourcesOf(stack, "aws_config_config_rule").map(({ attributes }) => [
        attributes["name"],
        attributes["input_parameters"],
      ]),
    );
    expect(parameters["access-keys-rotated"]).toBe('{"maxAccessKeyAge":"60"}');
    expect(parameters["iam-user-unused-credentials-check"]).toBe('{"maxCredentialUsageAge":"30"}');
  });
});

test("what exists is taken over by import blocks", () => {
  const { json } = stackOf(
    synthesize(
      environment({
        detection: {
          trail: { name: "management-events", bucket: "example-trail", import: true },
          accessAnalyzer: { external: { import: "my-analyzer" } },
          guardDuty: { import: "12abc34d567e8fa901bc2d34e56789f0" },
          config: { bucket: "example-config", import: true },
        },
      }),
    ),
    "prod-detection",
  );
  expect(json.import?.map(({ id, to }) => `${to.split(".")[0]} ${id}`).sort()).toEqual([
    "aws_accessanalyzer_analyzer my-analyzer",
    "aws_cloudtrail arn:aws:cloudtrail:eu-central-1:111122223333:trail/management-events",
    "aws_config_configuration_recorder default",
    "aws_config_configuration_recorder_status default",
    "aws_config_delivery_channel default",
    "aws_guardduty_detector 12abc34d567e8fa901bc2d34e56789f0",
    "aws_iam_service_linked_role arn:aws:iam::111122223333:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig",
    "aws_s3_bucket example-config",
    "aws_s3_bucket example-trail",
  ]);
});

test("the digest runs in its time zone, and the function knows the environment", () => {
  expect(resourcesOf(stack, "aws_scheduler_schedule")[0]?.attributes).toMatchObject({
    schedule_expression: "cron(0 8 * * ? *)",
    schedule_expression_timezone: "Asia/Tokyo",
    target: { input: '{"digest":true}' },
  });
  const { variables } = (resourcesOf(stack, "aws_lambda_function")[0]?.attributes["environment"] ?? {
    variables: {},
  }) as {
    variables: Record<string, string>;
  };
  expect(variables["EXCEPT"]).toBe("unused-access-found");
  expect(JSON.parse(variables["DETECTION_SCOPE"] ?? "")).toMatchObject({
    environment: "prod",
    deploymentRoles: ["arn:aws:iam::111122223333:role/baseline/daily-*"],
    users: [
      { name: "laptop", kind: "device", owner: "anna" },
      { name: "octo.website", kind: "ci" },
    ],
  });
});

test("every proof holds beside it", () => {
  const environments = validateBaseline([full, small], NOW);
  const configurations = [...stacks.values()].map(({ name, json }) => ({ name, configuration: json }));
  expect(proveStacks(configurations, environments, NOW).broken).toEqual([]);
});

test("every function takes signed code alone where a configuration is given, and any where none is", () => {
  const signed = (of: SynthesizedStack) =>
    resourcesOf(of, "aws_lambda_function").map(({ attributes }) => attributes["code_signing_config_arn"]);
  expect(signed(stack)).toEqual([SIGNED, SIGNED]);
  expect(signed(stackOf(stacks, "prod-credential-hygiene"))).toEqual([SIGNED, SIGNED]);
  expect(signed(home)).toEqual([undefined]);
});
