import fc from "fast-check";
import { graphFromAuthorizationDetails } from "../../src/sources/account/graph-from-authorization-details";
import { parseTemplate } from "../../src/sources/hcl/hcl-expression";
import { graphFromPlan } from "../../src/sources/plan/graph-from-plan";
import { AccessSourceError } from "../../src/sources/resource/access-source-error";
import { graphFromStack } from "../../src/sources/stack/graph-from-stack";
import { graphFromState } from "../../src/sources/state/graph-from-state";
import { plan, recorded, stack, state } from "./terraform-files";

const LOADERS = {
  stack: (json: unknown) => graphFromStack(json),
  plan: (json: unknown) => graphFromPlan(json),
  state: (json: unknown) => graphFromState(json),
  inventory: (json: unknown) => graphFromAuthorizationDetails(json),
};
const FILES = {
  stack: "cdk.tf.json",
  plan: "create.plan.json",
  state: "state.json",
  inventory: "drift.account-authorization-details.json",
};
const KINDS = ["stack", "plan", "state", "inventory"] as const;

describe.each(KINDS)("reading a %s", (kind) => {
  test.each(KINDS.filter((other) => other !== kind))("refuses a %s", (other) => {
    expect(() => LOADERS[kind](recorded(FILES[other]))).toThrow(AccessSourceError);
  });

  test.each([
    ["nothing", undefined],
    ["null", null],
    ["a text", "{}"],
    ["a number", 1],
    ["a list", []],
    ["an empty object", {}],
    ["something else", { name: "package", version: "1.0.0" }],
  ])("refuses %s", (_what, json) => {
    expect(() => LOADERS[kind](json)).toThrow(AccessSourceError);
  });

  test("anything gives a graph or an AccessSourceError", () => {
    const parts = fc.constantFrom(
      ...["resource", "provider", "terraform", "format_version", "resource_changes", "planned_values"],
      ...[
        "values",
        "root_module",
        "resources",
        "version",
        "UserDetailList",
        "Policies",
        "aws_iam_user",
        "change",
      ],
    );
    const json = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: "small" },
        fc.constantFrom(null, true, 1, "x", "${x.y.z}", "1.2", {}, []),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(parts, tie("value"), { maxKeys: 4 }),
      ),
    })).value;
    fc.assert(
      fc.property(json, (value) => {
        try {
          LOADERS[kind](value);
        } catch (error) {
          expect(error).toBeInstanceOf(AccessSourceError);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("errors say where, what was expected, what was got and what to do", () => {
  test.each([
    [
      "a plan that failed",
      () => graphFromPlan(plan([], { errored: true }), { file: "prod.json" }),
      "prod.json: errored: a plan that Terraform finished, got one that failed half-way; read the error",
    ],
    [
      "a newer plan format",
      () => graphFromPlan(plan([], { format_version: "2.0" })),
      'plan: format_version: a format of "1.x", got "2.0"; update this tool',
    ],
    [
      "a newer state format",
      () => graphFromState({ format_version: "2.0", values: {} }),
      'state: format_version: a format of "1.x", got "2.0"; update this tool',
    ],
    [
      "an older state file",
      () => graphFromState({ version: 3, modules: [] }),
      'state: version: a state file of version 4 with resources, got "3"',
    ],
    [
      "a change without type",
      () => graphFromPlan(plan([], { resource_changes: [{ address: "x", change: {} }] })),
      "plan: resource_changes[0].type: a string, got nothing",
    ],
    [
      "one page of an inventory",
      () => graphFromAuthorizationDetails({ UserDetailList: [], IsTruncated: true }),
      "account authorization details: IsTruncated: every page of the answer",
    ],
    [
      "a resource that is a text",
      () => graphFromStack({ resource: { aws_iam_user: { u: "text" } } }, { file: "x/cdk.tf.json" }),
      'x/cdk.tf.json: aws_iam_user.u: an object, got "text"',
    ],
  ])("refuses %s", (_what, read, message) => {
    expect(read).toThrow(message);
  });
});

describe("one odd document", () => {
  const ODD = [
    ["no JSON", "not json"],
    ["cut off", '{"Version": "2012-10-17", "Statement": ['],
    ["without statements", '{"Version": "2012-10-17"}'],
    ["a list", "[]"],
    ["with statements that are texts", '{"Statement": ["Allow"]}'],
    ["empty", ""],
  ] as const;

  test.each(ODD)("that is %s is not known, with its address and its reason", (_what, policy) => {
    const values = { name: "p", policy };
    const graphs = [
      graphFromStack(stack({ "aws_iam_policy.p": values })),
      graphFromState(state({ "aws_iam_policy.p": values })),
      graphFromPlan(plan([{ address: "aws_iam_policy.p", after: values }])).after,
    ];
    for (const { unknowns, managedPolicies } of graphs) {
      expect(unknowns).toMatchObject([
        {
          address: "aws_iam_policy.p.policy",
          reason: expect.stringMatching(/^expected a policy document, .* got /),
        },
      ]);
      expect(managedPolicies).toMatchObject([{ document: { unknown: true } }]);
    }
  });

  test("does not take the others with it", () => {
    const { after } = graphFromPlan(
      plan([
        { address: "aws_iam_policy.odd", after: { name: "odd", policy: "{" } },
        { address: "aws_iam_user.u", after: { name: "u" } },
      ]),
    );
    expect(after.users).toHaveLength(1);
  });

  test("is cut in its reason", () => {
    const policy = "x".repeat(1_000_000);
    const { unknowns } = graphFromState(state({ "aws_iam_policy.p": { name: "p", policy } }));
    expect(unknowns[0]?.reason.length).toBeLessThan(500);
  });
});

describe("hostile values", () => {
  test("names with markup are kept as they are: who shows them escapes them", () => {
    const name = "`</script>@everyone\u001b[31m";
    expect(graphFromState(state({ "aws_iam_user.u": { name } })).users[0]?.name).toBe(name);
  });

  test("an object that says unknown is not taken for an unknown", () => {
    const policy = { unknown: true, address: "x", reason: "y" };
    const { unknowns } = graphFromState(state({ "aws_iam_policy.p": { name: "p", policy } }));
    expect(unknowns).toMatchObject([{ address: "aws_iam_policy.p.policy" }]);
  });

  test("__proto__ changes no prototype", () => {
    const text =
      '{"resource": {"__proto__": {"polluted": {}}, "aws_iam_user": {"__proto__": {"name": "x"}}}}';
    graphFromStack(JSON.parse(text));
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  test("references in a circle are unknown", () => {
    const { users } = graphFromStack(
      stack({
        "aws_iam_user.a": { name: "${aws_iam_user.b.name}" },
        "aws_iam_user.b": { name: "${aws_iam_user.a.name}" },
      }),
    );
    expect(users).toHaveLength(2);
  });

  test("expressions nested a thousand deep are unknown, not a crash", () => {
    const name = `\${${"[".repeat(1000)}1${"]".repeat(1000)}}`;
    expect(graphFromStack(stack({ "aws_iam_user.a": { name } })).unknowns).toHaveLength(1);
  });

  test("a policy of a megabyte is read in no time", () => {
    const statement = { Effect: "Allow", Action: "s3:*", Resource: "$${aws:username}".repeat(60_000) };
    const policy = JSON.stringify({ Statement: [statement] });
    const started = performance.now();
    graphFromStack(stack({ "aws_iam_policy.p": { name: "p", policy } }));
    expect(performance.now() - started).toBeLessThan(1000);
  });

  test("any text is a template that can be read", () => {
    const pieces = fc.constantFrom(
      "${",
      "}",
      "$${",
      "%{",
      '"',
      "\\",
      "a.b",
      "[",
      "]",
      "{",
      "(",
      ")",
      "=",
      ",",
      " ",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string({ maxLength: 3 })), { maxLength: 30 }), (parts) => {
        expect(parseTemplate(parts.join("")).kind).toBeDefined();
      }),
    );
  });

  test("a text whose references are escaped is read as it was", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const escaped = text.replace(/[$%]\{/g, (found) => `${found.charAt(0)}${found}`);
        fc.pre(!/\$\$\{|%%\{/.test(text));
        expect(parseTemplate(escaped)).toEqual({ kind: "literal", value: text });
      }),
    );
  });
});
