import { local, s3 } from "../../src/environment/backend";
import type { Environment, EnvironmentInput } from "../../src/environment/environment";
import { planRole } from "../../src/environment/role-presets";
import { validateEnvironments } from "../../src/environment/validate-environments";
import { accessLevel, expandActions } from "../../src/iam/actions";
import { compileGraph, evaluate } from "../../src/iam/evaluate";
import type { AccessGraph } from "../../src/iam/graph";
import { listOf, type PolicyDocument } from "../../src/iam/policy-document";
import { rolePolicy } from "../../src/policies/environment-policies";
import { environment, NOW, role } from "../builders/environment";
import apiCalls from "../fixtures/drift/api-calls.json";

const KEY = "arn:aws:kms:eu-central-1:111122223333:key/0a1b2c3d-4e5f-4071-8293-a4b5c6d7e8f9";
const github = { repository: "octo/iam-baseline", environment: "drift" };
const backends = {
  "local state": local(),
  "a bucket": s3({ bucket: "octo-state", region: "eu-central-1", createBucket: true }),
  "a bucket with a key": s3({
    bucket: "octo-state",
    region: "eu-central-1",
    keyPrefix: "tf/",
    kmsKeyArn: KEY,
  }),
  "a bucket with an alias": s3({
    bucket: "octo-state",
    region: "eu-central-1",
    kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:alias/state",
  }),
} as const;

/** The policy of a plan role, and the account in which somebody attached AdministratorAccess-like rights to it, too. */
function policyOf(backend: EnvironmentInput["backend"]): PolicyDocument {
  const validation = validateEnvironments(
    [environment({ backend, roles: { plan: planRole({ github }), daily: role() } })],
    NOW,
  );
  if (!validation.valid) throw new Error(JSON.stringify(validation.violations));
  const [valid] = validation.environments as readonly Environment[];
  const plan = valid?.roles["plan"];
  const document = valid && plan && rolePolicy(valid, plan)?.document;
  if (document === undefined) throw new Error("no policy");
  return document;
}

function graphOf(...documents: readonly PolicyDocument[]): AccessGraph {
  const inline = (document: PolicyDocument, index: number) =>
    ({ kind: "inline", name: `policy-${index}`, address: "", attachedBy: "", document }) as const;
  return {
    users: [],
    groups: [],
    roles: [
      {
        kind: "role",
        arn: ROLE,
        name: "plan",
        path: "/baseline/",
        accountId: "111122223333",
        address: "",
        tags: {},
        policies: documents.map(inline),
        trust: inline({ Version: "2012-10-17", Statement: [] }, 0),
        maxSessionDuration: 3600,
        instanceProfiles: [],
      },
    ],
    managedPolicies: [],
    oidcProviders: [],
    safeguards: [],
    unknowns: [],
  };
}
const CALLER = { credentials: { kind: "role-session" }, network: { sourceIp: "192.0.2.1" } } as const;
const ROLE = "arn:aws:iam::111122223333:role/baseline/plan";
const EVERYTHING: PolicyDocument = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
};

function ask(documents: readonly PolicyDocument[], action: string, resource: string, context = {}) {
  return evaluate(
    { principal: ROLE, action, resource, context, ...CALLER },
    compileGraph(graphOf(...documents)),
  ).effect;
}

const WRITES = expandActions("*").filter((name) => !["List", "Read"].includes(accessLevel(name) ?? ""));

describe.each(Object.entries(backends))("the plan role over %s", (_name, backend) => {
  const document = policyOf(backend);

  test("may do no action that writes, tags or manages permissions, on anything that it may touch", () => {
    const named = document.Statement.flatMap(({ Resource }) => listOf(Resource));
    const resources = [...new Set(["*", ...named.map((pattern) => pattern.replaceAll("*", "x"))])];
    const compiled = compileGraph(graphOf(document));
    const allowed = WRITES.filter((action) =>
      resources.some((resource) => {
        // a resource of another service cannot be meant
        if (resource !== "*" && resource.split(":")[2] !== action.split(":")[0]) return false;
        const asked = { principal: ROLE, action, resource, ...CALLER };
        const { effect } = evaluate(asked, compiled);
        // whether some role lets it in is for that role's trust to say, and not known here
        return effect === "Allowed" || (effect === "Unknown" && !action.startsWith("sts:"));
      }),
    );
    expect(WRITES.length).toBeGreaterThan(8_000);
    // AWS counts the decryption of the state as a write
    const hasKey = backend.type === "s3" && backend.kmsKeyArn !== undefined;
    expect(allowed).toEqual(hasKey ? ["kms:Decrypt"] : []);
  });

  test.each(apiCalls)("may call %s", (action) => {
    expect(ask([document], action, "*")).toBe("Allowed");
  });

  test.each([
    [
      "lambda:GetFunction",
      "arn:aws:lambda:eu-central-1:111122223333:function:baseline-deactivate-access-keys",
    ],
    ["scheduler:GetSchedule", "arn:aws:scheduler:eu-central-1:111122223333:schedule/baseline-a/baseline-a"],
    ["sqs:GetQueueAttributes", "arn:aws:sqs:eu-central-1:111122223333:baseline-a-failures"],
    ["sns:GetTopicAttributes", "arn:aws:sns:eu-central-1:111122223333:baseline-credential-hygiene"],
    ["logs:DescribeLogGroups", "arn:aws:logs:eu-central-1:111122223333:log-group:*"],
    ["cloudwatch:DescribeAlarms", "arn:aws:cloudwatch:eu-central-1:111122223333:alarm:*"],
    ["cloudtrail:LookupEvents", "*"],
    ["lambda:ListFunctions", "*"],
    ["lambda:GetPolicy", "arn:aws:lambda:eu-central-1:111122223333:function:baseline-deactivate-access-keys"],
    ["scheduler:ListSchedules", "*"],
    ["sns:ListSubscriptionsByTopic", "arn:aws:sns:eu-central-1:111122223333:baseline-credential-hygiene"],
  ])("may call %s on %s", (action, resource) => {
    expect(ask([document], action, resource)).toBe("Allowed");
  });

  test.each([
    ["lambda:GetFunction", "arn:aws:lambda:eu-central-1:111122223333:function:shop"],
    ["sqs:ReceiveMessage", "arn:aws:sqs:eu-central-1:111122223333:baseline-a-failures"],
    [
      "logs:GetLogEvents",
      "arn:aws:logs:eu-central-1:111122223333:log-group:/aws/lambda/baseline-a:log-stream:x",
    ],
    ["s3:GetObject", "arn:aws:s3:::octo-website/index.html"],
    ["dynamodb:GetItem", "arn:aws:dynamodb:eu-central-1:111122223333:table/orders"],
  ])("may not call %s on %s", (action, resource) => {
    expect(ask([document], action, resource)).toBe("ImplicitlyDenied");
  });

  test.each([
    ["secretsmanager:GetSecretValue", "arn:aws:secretsmanager:eu-central-1:111122223333:secret:db-a1b2c3"],
    ["ssm:GetParametersByPath", "arn:aws:ssm:eu-central-1:111122223333:parameter/db"],
    ["kms:Decrypt", "arn:aws:kms:eu-central-1:111122223333:key/99999999-4e5f-4071-8293-a4b5c6d7e8f9"],
  ])("may not call %s whatever else is attached to it", (action, resource) => {
    const context = { "kms:ResourceAliases": ["alias/other"] };
    expect(ask([document, EVERYTHING], action, resource, context)).toBe("ExplicitlyDenied");
  });
});

describe("the plan role and the state", () => {
  const document = policyOf(backends["a bucket with a key"]);
  const state = "arn:aws:s3:::octo-state/tf/prod/identity.tfstate";

  test.each([
    ["its own state", "s3:GetObject", state, {}, "Allowed"],
    [
      "another environment's",
      "s3:GetObject",
      "arn:aws:s3:::octo-state/tf/dev/identity.tfstate",
      {},
      "ImplicitlyDenied",
    ],
    ["its own state's lock", "s3:PutObject", `${state}.tflock`, {}, "ImplicitlyDenied"],
    [
      "the list of its states",
      "s3:ListBucket",
      "arn:aws:s3:::octo-state",
      { "s3:prefix": "tf/prod/" },
      "Allowed",
    ],
    [
      "the list of the workspaces",
      "s3:ListBucket",
      "arn:aws:s3:::octo-state",
      { "s3:prefix": "env:/" },
      "Allowed",
    ],
    [
      "the list of the bucket",
      "s3:ListBucket",
      "arn:aws:s3:::octo-state",
      { "s3:prefix": "" },
      "ImplicitlyDenied",
    ],
    ["the state's key", "kms:Decrypt", KEY, {}, "Allowed"],
  ])("%s: %s on %s", (_what, action, resource, context, effect) => {
    expect(ask([document], action, resource, context)).toBe(effect);
  });

  test("decrypts by the alias of the state's key, and with no other key", () => {
    const byAlias = policyOf(backends["a bucket with an alias"]);
    const decrypt = (aliases: readonly string[]) =>
      ask([byAlias], "kms:Decrypt", KEY, { "kms:ResourceAliases": aliases });
    expect(decrypt(["alias/state", "alias/x"])).toBe("Allowed");
    expect(decrypt(["alias/x"])).toBe("ExplicitlyDenied");
    expect(decrypt([])).toBe("ExplicitlyDenied");
  });
});

test("a role without the setting reads nothing of it", () => {
  const validation = validateEnvironments([environment()], NOW);
  if (!validation.valid) throw new Error("the builder's environment is not valid");
  const [valid] = validation.environments;
  const daily = valid?.roles["daily"];
  const actions = valid && daily && rolePolicy(valid, daily)?.document.Statement.map(({ Action }) => Action);
  expect(actions).toEqual(["s3:ListAllMyBuckets"]);
});

test("what IAM calls Get or List reads", () => {
  const reading = [...expandActions("iam:Get*"), ...expandActions("iam:List*")];
  expect(reading.filter((name) => !["List", "Read"].includes(accessLevel(name) ?? ""))).toEqual([]);
});
