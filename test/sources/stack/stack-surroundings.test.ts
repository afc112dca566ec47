import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { graphFromStack } from "../../../src/sources/stack/graph-from-stack";
import { graphFromStackDirectory } from "../../../src/sources/stack/graph-from-stack-directory";
import { casePath } from "../case-files";
import { allowing, stack, trusting } from "../terraform-files";

let outdir: string;
beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), "iam-baseline-outdir-"));
  mkdirSync(join(outdir, "stacks/app"), { recursive: true });
  writeFileSync(join(outdir, "stacks/app/cdk.tf.json"), JSON.stringify(stack({})));
});
afterEach(() => rmSync(outdir, { recursive: true }));

describe("files beside cdk.tf.json that Terraform reads, too", () => {
  test.each([
    ...["main.tf", "more.tf.json", "override.tf", "a_override.tf.json", "x.tofu", "x.tofu.json"],
    ...["terraform.tfvars", "terraform.tfvars.json", "x.auto.tfvars", "x.auto.tfvars.json"],
  ])("%s is refused by name", (name) => {
    writeFileSync(join(outdir, "stacks/app", name), "{}");
    const expected = `cdk.tf.json alone, got ${name} beside it`;
    expect(() => graphFromStackDirectory(outdir)).toThrow(expected);
    expect(() => graphFromStackDirectory(join(outdir, "stacks/app"))).toThrow(expected);
  });

  test.each([
    ...[".terraform.lock.hcl", "terraform.app.tfstate", "plan", "main.tf~", ".main.tf", "#main.tf#"],
    ...["x.tfvars", "x.tftest.hcl", "readme.md", "errored.tfstate", "main.tf.bak"],
  ])("%s is none", (name) => {
    writeFileSync(join(outdir, "stacks/app", name), "x");
    expect(graphFromStackDirectory(outdir)).toHaveLength(1);
  });
});

test("a resource that a stack declares twice is refused", () => {
  const role = { name: "r", assume_role_policy: trusting("*") };
  for (const resource of [
    { aws_iam_role: { r: [role, role] } },
    { aws_iam_role: [{ r: role }, { r: role }] },
    [{ aws_iam_role: { r: role } }, { aws_iam_role: { r: role } }],
  ]) {
    expect(() => graphFromStack({ terraform: {}, resource })).toThrow(
      "each resource once, got aws_iam_role.r twice",
    );
  }
});

test("a key that stands twice in a stack is refused with its line", () => {
  const text = '{"terraform": {},\n"resource": {"aws_iam_user": {"u": {"name": "a",\n"name": "b"}}}}';
  writeFileSync(join(outdir, "stacks/app/cdk.tf.json"), text);
  expect(() => graphFromStackDirectory(outdir)).toThrow(
    /cdk\.tf\.json:3: expected each key once, got resource\.aws_iam_user\.u\.name twice/,
  );
});

test("actions are told: an apply may run them", () => {
  const { unknowns } = graphFromStack(stack({}, { action: { aws_lambda_invoke: { seed: {} } } }));
  expect(unknowns).toMatchObject([{ address: "action.aws_lambda_invoke.seed" }]);
});

describe("what leaves Terraform without being destroyed", () => {
  const removed = (from: string, destroy: unknown) => ({ removed: [{ from, lifecycle: { destroy } }] });
  const before = stack({
    "aws_iam_user.u": { name: "u" },
    "aws_iam_user_policy.d": { user: "u", name: "d", policy: allowing("iam:*") },
  });
  const user = { "aws_iam_user.u": { name: "u" } };

  test("is told where nobody says what it was", () => {
    const { unknowns, users } = graphFromStack(stack(user, removed("aws_iam_user_policy.d", false)));
    expect(users[0]?.policies).toEqual([]);
    expect(unknowns).toMatchObject([
      { address: "aws_iam_user_policy.d", reason: expect.stringContaining("stays in the account") },
    ]);
  });

  test("stays what it was before", () => {
    const after = stack(user, removed("aws_iam_user_policy.d", false));
    const { unknowns, users } = graphFromStack(after, { previous: before });
    expect(users[0]?.policies.map(({ name }) => name)).toEqual(["d"]);
    expect(unknowns).toEqual([]);
  });

  test.each([true, undefined])("is gone where it is destroyed (destroy = %s)", (destroy) => {
    const after = stack(user, removed("aws_iam_user_policy.d", destroy));
    expect(graphFromStack(after, { previous: before }).users[0]?.policies).toEqual([]);
  });

  test("stays for a whole outdir, as the review compares them", () => {
    const [after] = graphFromStackDirectory(casePath("25-removed-destroy-false-head"), {
      previous: casePath("25-removed-destroy-false-base"),
    });
    expect(after?.graph.roles[0]?.policies.map(({ name }) => name)).toEqual(["d"]);
  });
});
