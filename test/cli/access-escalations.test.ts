import { join } from "node:path";
import { allow } from "../../src/environment/policy-statement";
import { adminRole, dailyRole } from "../../src/environment/role-presets";
import type { EscalationAccess } from "../../src/report/escalations/way-up";
import { environment } from "../builders/environment";
import { synthesizedProject } from "../support/synthesized-project";

const fixture = (name: string) => join(__dirname, "../fixtures/terraform", name);
const ACCOUNT = "111122223333";

const climbing = synthesizedProject(
  environment({
    devices: {
      work: { owner: "alice", roles: ["daily", "admin"] },
      home: { owner: "alice", roles: ["daily"] },
    },
    roles: {
      daily: dailyRole({ statements: [allow("iam:PutUserPolicy", "*")] }),
      admin: adminRole(),
      builder: {
        service: { principal: "codebuild.amazonaws.com" },
        statements: [allow("iam:PassRole", "*"), allow("cloudformation:*", "*")],
      },
    },
  }),
);
afterAll(() => climbing.remove());

async function escalations(...argv: readonly string[]): Promise<readonly EscalationAccess[]> {
  const { code, result, progress } = await climbing.baseline(
    "access",
    "--escalations",
    "--format",
    "json",
    ...argv,
  );
  expect([code, progress]).toEqual([0, ""]);
  return JSON.parse(result).environments;
}

const ways = (access: EscalationAccess | undefined) =>
  (access?.escalations ?? []).map(({ kind, name, method }) => `${kind}/${name} ${method}`);

describe("of stacks", () => {
  test("each way is told with its steps, and each step with its decisions", async () => {
    const [access] = await escalations();
    expect(access?.administrators).toMatchObject([{ kind: "role", name: "admin-*", certain: true }]);
    expect(ways(access)).toEqual([
      "role/daily-* iam:PutUserPolicy",
      "user/home sts:AssumeRole",
      "user/work sts:AssumeRole",
    ]);
    expect(access?.escalations[0]).toMatchObject({
      certain: true,
      steps: [
        {
          way: "gives",
          as: "role/daily-*",
          decisions: [{ action: "iam:PutUserPolicy", effect: "Allowed" }],
        },
      ],
    });
  });

  test("what only the account can answer is told apart", async () => {
    const [access] = await escalations();
    expect(access?.notKnown).toMatchObject([
      { kind: "role", name: "builder-*", services: expect.arrayContaining(["cloudformation.amazonaws.com"]) },
    ]);
  });

  test("the report has a section of them, and its column admin says the same", async () => {
    const { result } = await climbing.baseline("access", "--format", "json");
    const [access] = JSON.parse(result).environments;
    expect(ways(access.waysUp)).toContain("role/daily-* iam:PutUserPolicy");
    const { result: table } = await climbing.baseline("access");
    const matrix = table.slice(table.indexOf("What each may do itself"), table.indexOf("\nWays up"));
    expect(matrix).toMatch(/^ {2}home .*becomes$/m);
    expect(matrix).toMatch(/^ {2}daily-\* .*becomes$/m);
    expect(matrix).toMatch(/^ {2}builder-\* .*no$/m);
    expect(table).toMatch(/^Ways up - to administrator[\s\S]*iam:PutUserPolicy/m);
  });

  test("people read a table or Markdown; what is no table is refused", async () => {
    const { result } = await climbing.baseline("access", "--escalations");
    expect(result).toMatch(
      /^ {2}role\/daily-\* +an inline policy of the caller's user +1\. role\/daily-\* gives rights to user\/home/m,
    );
    expect((await climbing.baseline("access", "--escalations", "--format", "markdown")).result).toContain(
      "| role/daily-\\* |",
    );
    const { code, progress } = await climbing.baseline("access", "--escalations", "--format", "svg");
    expect(code).toBe(1);
    expect(progress).toMatch(/--escalations: expected --format table, json or markdown, got "svg"/);
  });

  test("masks account ids where it is asked to", async () => {
    const { result } = await climbing.baseline("access", "--escalations", "--format", "json", "--mask");
    expect(result).not.toContain(ACCOUNT);
    expect(result).toContain("iam:PutUserPolicy");
  });

  test("of the environments that are named alone", async () => {
    expect(await escalations("--environment", "prod")).toHaveLength(1);
  });
});

test("of a state, and of a plan before and after it", async () => {
  expect(ways((await escalations("--from-state", fixture("state.json")))[0])).toEqual([
    "user/work sts:AssumeRole",
  ]);
  const plan = ["--from-plan", fixture("create.plan.json")];
  expect(ways((await escalations(...plan))[0])).toEqual(["user/work sts:AssumeRole"]);
  expect(ways((await escalations(...plan, "--before"))[0])).toEqual([]);
});

test("of a live account, as the AWS CLI writes it", async () => {
  const [access] = await escalations("--from-inventory", fixture("drift.account-authorization-details.json"));
  expect(access?.administrators.map(({ name }) => name)).toEqual(["work", "admin-vt7wuiv3"]);
});

describe("of a plan of any Terraform", () => {
  const names = Array.from({ length: 32 }, (_, index) => `u${String(index + 1).padStart(2, "0")}`);
  const policyOf = (index: number) =>
    index < 29
      ? {
          Effect: "Allow",
          Action: ["iam:AttachUserPolicy", "iam:CreateLoginProfile"][index % 2],
          Resource: "*",
        }
      : { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
  const change = (address: string, type: string, after: object) => ({
    address,
    mode: "managed",
    type,
    name: address.split(".")[1],
    change: {
      actions: ["create"],
      before: null,
      after,
      after_unknown: { arn: true },
      before_sensitive: false,
      after_sensitive: {},
    },
  });
  const plan = JSON.stringify({
    format_version: "1.2",
    terraform_version: "1.11.4",
    configuration: { provider_config: { aws: { name: "aws" } }, root_module: {} },
    resource_changes: [
      ...names.map((name) => change(`aws_iam_user.${name}`, "aws_iam_user", { name, path: "/" })),
      change("aws_iam_user.boss", "aws_iam_user", { name: "boss", path: "/" }),
      change("aws_iam_user_policy_attachment.boss", "aws_iam_user_policy_attachment", {
        user: "boss",
        policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess",
      }),
      ...names.map((name, index) =>
        change(`aws_iam_user_policy.${name}`, "aws_iam_user_policy", {
          name: "own",
          user: name,
          policy: JSON.stringify({ Version: "2012-10-17", Statement: [policyOf(index)] }),
        }),
      ),
    ],
  });

  test("29 of 32 users lead to administrator rights, and the others do not", async () => {
    const file = climbing.write("plan.json", plan);
    const [access] = await escalations("--from-plan", file);
    expect(access?.administrators.map(({ name }) => name)).toEqual(["boss"]);
    const climbers = new Set(access?.escalations.flatMap(({ name, alike }) => [name, ...alike]));
    expect([...climbers].sort()).toEqual(names.slice(0, 29));
  });
});
