import { graphFromStack } from "../../../src/sources/stack/graph-from-stack";
import { actionsOf, allowing, stack, trusting } from "../terraform-files";

type Json = Readonly<Record<string, unknown>>;

const ROLE = { name: "r", assume_role_policy: trusting("*") };

const policiesOf = (body: Json, more: Json = {}) =>
  graphFromStack(stack({ "aws_iam_role.r": { ...ROLE, ...body } }, more)).roles[0]?.policies ?? [];

const block = (forEach: unknown, content: Json, more: Json = {}) => ({ for_each: forEach, content, ...more });
const NAMED = { name: "${inline_policy.value}", policy: allowing("*") };

describe("dynamic blocks of a stack", () => {
  test.each<[string, unknown]>([
    ["an object", { inline_policy: block(["a"], NAMED) }],
    ["a list of objects", [{ inline_policy: block(["a"], NAMED) }]],
    ["a list of definitions", { inline_policy: [block(["a"], NAMED)] }],
    ["content in a list", { inline_policy: { for_each: ["a"], content: [NAMED] } }],
  ])("give their policies, written as %s", (_how, dynamic) => {
    expect(policiesOf({ dynamic }).map(({ name }) => name)).toEqual(["a"]);
    expect(actionsOf(policiesOf({ dynamic }))).toEqual(["*"]);
  });

  test.each<[string, unknown, readonly string[]]>([
    ["a list", ["a", "b"], ["a", "b"]],
    ["a map", { x: "a" }, ["a"]],
    ["an expression", "${toset([var.one])}", ["one"]],
    ["nothing", [], []],
    ["an empty map", {}, []],
    ["a condition", '${var.one == "one" ? ["a"] : []}', ["a"]],
    ["a condition that does not hold", '${var.one == "two" ? ["a"] : []}', []],
  ])("are as many as for_each has, for %s", (_what, forEach, names) => {
    const dynamic = { inline_policy: block(forEach, NAMED) };
    const variable = { one: { default: "one" } };
    expect(policiesOf({ dynamic }, { variable }).map(({ name }) => name)).toEqual(names);
  });

  test("are not known where for_each is not: there may be any", () => {
    const dynamic = { inline_policy: block("${var.none}", NAMED) };
    expect(policiesOf({ dynamic }, { variable: { none: {} } })).toMatchObject([
      { document: { unknown: true } },
    ]);
  });

  test("stand beside the blocks that are written", () => {
    const body = {
      inline_policy: [{ name: "own", policy: allowing("s3:*") }],
      dynamic: { inline_policy: block(["a"], NAMED) },
    };
    expect(policiesOf(body).map(({ name }) => name)).toEqual(["own", "a"]);
  });

  test("have the iterator that they name, and keys", () => {
    const content = { name: "${each_policy.key}-${each_policy.value}", policy: allowing("*") };
    const dynamic = { inline_policy: block({ k: "v" }, content, { iterator: "each_policy" }) };
    expect(policiesOf({ dynamic }).map(({ name }) => name)).toEqual(["k-v"]);
    const sets = { inline_policy: block('${toset(["s"])}', content, { iterator: "each_policy" }) };
    expect(policiesOf({ dynamic: sets }).map(({ name }) => name)).toEqual(["s-s"]);
  });

  test("see the pass of for_each of their resource", () => {
    const content = { name: "${each.key}-${inline_policy.value}", policy: allowing("*") };
    const body = {
      ...ROLE,
      for_each: { x: 1 },
      name: "${each.key}",
      dynamic: { inline_policy: block(["a"], content) },
    };
    const { roles } = graphFromStack(stack({ "aws_iam_role.r": body }));
    expect(roles[0]?.policies.map(({ name }) => name)).toEqual(["x-a"]);
  });

  test("an attribute that is called dynamic is no block", () => {
    const { roles } = graphFromStack(stack({ "aws_iam_role.r": { ...ROLE, tags: { dynamic: "x" } } }));
    expect(roles[0]?.tags).toEqual({ dynamic: "x" });
  });
});

describe("dynamic blocks of a policy document", () => {
  const documentOf = (body: Json, more: Json = {}) => {
    const data = { data: { aws_iam_policy_document: { d: body } }, ...more };
    const resources = {
      "aws_iam_policy.p": { name: "p", policy: "${data.aws_iam_policy_document.d.json}" },
    };
    return graphFromStack(stack(resources, data)).managedPolicies[0]?.document as {
      Statement?: readonly Json[];
      reason?: string;
    };
  };

  test("make statements", () => {
    const content = { actions: ["${statement.value}:*"], resources: ["*"] };
    const { Statement } = documentOf({
      statement: [{ actions: ["ec2:*"], resources: ["*"] }],
      dynamic: { statement: block(["s3", "iam"], content) },
    });
    expect(Statement?.map(({ Action }) => Action)).toEqual(["ec2:*", "s3:*", "iam:*"]);
  });

  test("make conditions within a statement, also within a dynamic one", () => {
    const condition = block(["a", "b"], {
      test: "StringEquals",
      variable: "aws:PrincipalTag/${condition.value}",
      values: ["1"],
    });
    const expected = { StringEquals: { "aws:PrincipalTag/a": "1", "aws:PrincipalTag/b": "1" } };
    const inner = { actions: ["s3:*"], resources: ["*"], dynamic: { condition } };
    expect(documentOf({ statement: [inner] }).Statement).toMatchObject([{ Condition: expected }]);
    expect(documentOf({ dynamic: { statement: block([1], inner) } }).Statement).toMatchObject([
      { Condition: expected },
    ]);
  });

  test("make the whole document unknown where it is not known how many there are", () => {
    const unknown = block("${var.none}", { test: "Bool", variable: "aws:SecureTransport", values: ["true"] });
    const document = documentOf(
      { statement: [{ actions: ["s3:*"], resources: ["*"], dynamic: { condition: unknown } }] },
      { variable: { none: {} } },
    );
    expect(document.reason).toContain("how many condition blocks there are");
  });
});

describe("how many there are of a resource", () => {
  const users = (body: Json, more: Json = {}) =>
    graphFromStack(stack({ "aws_iam_user.u": { name: "u", ...body } }, more));

  test.each<[string, Json, number]>([
    ["count = 0", { count: 0 }, 0],
    ["count = 2", { count: 2 }, 2],
    ["a count that a condition makes none", { count: "${false ? 1 : 0}" }, 0],
    ["a count of a list", { count: "${length(var.list)}" }, 2],
    ["for_each of nothing", { for_each: [] }, 0],
    ["for_each of an empty map", { for_each: {} }, 0],
    [
      "for_each of a set that is filtered away",
      { for_each: '${toset([for x in var.list : x if x == "c"])}' },
      0,
    ],
  ])("%s", (_what, body, count) => {
    const graph = users(body, { variable: { list: { default: ["a", "b"] } } });
    expect(graph.users).toHaveLength(count);
    expect(graph.unknowns).toEqual([]);
  });

  test.each<[string, Json]>([
    ["a count that is not known", { count: "${var.none}" }],
    ["for_each that is not known", { for_each: "${var.none}" }],
    ["a count that is none", { count: "many" }],
    ["a count that nobody has", { count: 1e9 }],
    ["a negative count", { count: -1 }],
  ])("%s: there may be any, and it is told", (_what, body) => {
    const { users: found, unknowns } = users(body, { variable: { none: {} } });
    expect(found).toHaveLength(1);
    expect(unknowns.some(({ reason }) => reason === "how many there are is not known before a plan")).toBe(
      true,
    );
  });
});
