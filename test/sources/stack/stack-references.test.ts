import { UNKNOWN_PART } from "../../../src/iam/graph";
import { graphFromStack } from "../../../src/sources/stack/graph-from-stack";
import { actionsOf, allowing, stack, trusting } from "../terraform-files";

const ROLE = { name: "bot", assume_role_policy: trusting("arn:aws:iam::111122223333:root") };

/** What a name in a stack evaluates to. */
function nameOf(expression: string, more: Readonly<Record<string, unknown>> = {}) {
  const resources = {
    "aws_iam_user.target": { name: expression },
    "aws_iam_user.other": { name: "other", path: "/p/" },
    "aws_iam_user.dotted-id": { name: "dashed" },
    "random_string.suffix": { length: 8 },
  };
  const { users } = graphFromStack(stack(resources, more));
  return users[0]?.name;
}

describe("templates and expressions", () => {
  test.each([
    ["work", "work"],
    ["${aws_iam_user.other.name}", "other"],
    ["${aws_iam_user.other.id}", "other"],
    ["${aws_iam_user.other.arn}", "arn:aws:iam::111122223333:user/p/other"],
    ["${aws_iam_user.dotted-id.name}", "dashed"],
    ["a-${aws_iam_user.other.name}-b", "a-other-b"],
    ['${join("-", ["a", aws_iam_user.other.name])}', "a-other"],
    ['${format("%s-%d", "a", 3)}', "a-3"],
    ['${lower("ABC")}', "abc"],
    ['${replace("a.b", ".", "-")}', "a-b"],
    ['${upper(split("-", "a-b")[0])}', "A"],
    ['${var.team == "blue" ? "a" : "b"}', "a"],
    ['${var.team != "blue" ? "a" : "b"}', "b"],
    ['${length(local.list) > 1 && !false ? "many" : "one"}', "many"],
    ['${var.none == "x" ? "a" : "b"}', UNKNOWN_PART],
    ['${random_string.suffix.result == "x" ? "a" : "b"}', UNKNOWN_PART],
    ['${false && random_string.suffix.result == "x" ? "a" : "b"}', "b"],
    ['${true || var.none == "x" ? "a" : "b"}', "a"],
    ["n-${1 + 2 * 3 - 4}", "n-3"],
    ["n-${-(2)}", "n--2"],
    ["n-${(1 + 2) * 3}", "n-9"],
    ["n-${7 % 4}-${1 / 2}", "n-3-0.5"],
    ['${join(",", [for a in local.list : upper(a) if a != "first"])}', "SECOND"],
    ['${join(",", [for i, a in local.list : "${i}${a}"])}', "0first,1second"],
    ['${join(",", keys({for k, v in local.map : "${k}x" => v}))}', "keyx"],
    ['${{for a in local.list : length(a) => a...}["5"][0]}', "first"],
    ["${[for a in local.list : a][1]}", "second"],
    ["${[for a in random_string.suffix.result : a][0]}", UNKNOWN_PART],
    ["${try(local.list, [])[0]}", "first"],
    ["a-b-${/* said */ var.team}", "a-b-blue"],
    ['${trimprefix("a-b", "a-")}${trimsuffix("a-b", "-b")}', "ba"],
    ['${startswith("a-b", "a") ? join(",", range(2)) : ""}', "0,1"],
    ['${file("name.txt")}', UNKNOWN_PART],
    ['${sensitive("s3cret")}', UNKNOWN_PART],
    ["$${not_a_reference}", "${not_a_reference}"],
    ["%%{literal}", "%{literal}"],
    ["${var.team}", "blue"],
    ["${local.team}-x", "blue-x"],
    ['${"quoted ${var.team}"}', "quoted blue"],
    ["${local.map.key}", "value"],
    ['${local.map["key"]}', "value"],
    ["${local.list[1]}", "second"],
    ['${lookup(local.map, "none", "fallback")}', "fallback"],
    ["${element(local.list, 3)}", "second"],
    ["${random_string.suffix.result}", UNKNOWN_PART],
    ["a-${random_string.suffix.result}", `a-${UNKNOWN_PART}`],
    ["a-${random_string.suffix.result}-${var.team}", `a-${UNKNOWN_PART}-blue`],
    ["${lower(random_string.suffix.result)}", UNKNOWN_PART],
    ["${var.none}", UNKNOWN_PART],
    ["${module.m.name}", UNKNOWN_PART],
    ["${true ? 1 : 2}", "1"],
    ["%{if true}a%{endif}", UNKNOWN_PART],
    ["${aws_iam_user.none.name}", UNKNOWN_PART],
    ["${unclosed", UNKNOWN_PART],
    ["${aws_iam_user.target.name}", UNKNOWN_PART],
  ])("%s is %s", (expression, expected) => {
    const more = {
      variable: { team: { default: "blue" }, none: {} },
      locals: { team: "${var.team}", map: { key: "value" }, list: ["first", "second"] },
    };
    expect(nameOf(expression, more)).toBe(expected);
  });

  test("variables can be given", () => {
    const user = { "aws_iam_user.u": { name: "${var.team}" } };
    const variables = { variable: { team: { default: "blue" } } };
    const { users } = graphFromStack(stack(user, variables), { variables: { team: "red" } });
    expect(users[0]?.name).toBe("red");
  });

  test("an unknown tells its address and its reason", () => {
    const { unknowns } = graphFromStack(
      stack({ "aws_iam_user.u": { name: "${templatefile(x)}" }, "aws_iam_user.v": { name: "${var.none}" } }),
    );
    expect(unknowns).toMatchObject([
      {
        address: "aws_iam_user.u.name",
        reason: "the function templatefile reads what is on the machine that plans: it is not evaluated here",
      },
      { address: "aws_iam_user.v.name", reason: "variable none has no default" },
    ]);
  });
});

describe("names and accounts", () => {
  test("a name that begins with name_prefix ends in something unknown", () => {
    const { roles } = graphFromStack(
      stack({ "aws_iam_role.r": { ...ROLE, name: null, name_prefix: "bot-" } }),
    );
    expect(roles[0]).toMatchObject({ name: `bot-${UNKNOWN_PART}` });
  });

  test("two roles that AWS names are told apart by references to them", () => {
    const { roles } = graphFromStack(
      stack({
        "aws_iam_role.a": { assume_role_policy: ROLE.assume_role_policy },
        "aws_iam_role.b": { assume_role_policy: ROLE.assume_role_policy },
        "aws_iam_role_policy.p": { role: "${aws_iam_role.b.name}", name: "p", policy: allowing("s3:*") },
      }),
    );
    expect(roles.map(({ policies }) => policies.length)).toEqual([0, 1]);
  });

  test("without an account the ARN has an unknown part, and the reason is told", () => {
    const { users, unknowns } = graphFromStack({ resource: { aws_iam_user: { u: { name: "x" } } } });
    expect(users[0]).toMatchObject({ arn: `arn:aws:iam::${UNKNOWN_PART}:user/x`, accountId: UNKNOWN_PART });
    expect(unknowns).toMatchObject([{ address: "provider.aws.allowed_account_ids" }]);
  });

  test("the account can be given", () => {
    const { users } = graphFromStack(
      { resource: { aws_iam_user: { u: { name: "x" } } } },
      { accountId: "444455556666" },
    );
    expect(users[0]?.arn).toBe("arn:aws:iam::444455556666:user/x");
  });

  test("a resource of an aliased provider is in that provider's account and partition", () => {
    const { users } = graphFromStack({
      provider: {
        aws: [
          { allowed_account_ids: ["111122223333"], region: "eu-central-1" },
          { alias: "china", allowed_account_ids: ["444455556666"], region: "cn-north-1" },
        ],
      },
      resource: { aws_iam_user: { u: { name: "x", provider: "aws.china" } } },
    });
    expect(users[0]?.arn).toBe("arn:aws-cn:iam::444455556666:user/x");
  });

  test("the account of an assumed role is the provider's", () => {
    const { users } = graphFromStack({
      provider: { aws: [{ assume_role: [{ role_arn: "arn:aws:iam::444455556666:role/deploy" }] }] },
      resource: { aws_iam_user: { u: { name: "x" } } },
    });
    expect(users[0]?.accountId).toBe("444455556666");
  });
});

describe("count and for_each", () => {
  test.each([
    ["count", { count: 2, name: "n-${count.index}" }, ["n-0", "n-1"], "aws_iam_user.u[1]"],
    ["count zero", { count: 0, name: "n" }, [], undefined],
    [
      "for_each of a set",
      { for_each: '${toset(["a", "b"])}', name: "${each.key}" },
      ["a", "b"],
      'aws_iam_user.u["b"]',
    ],
    [
      "for_each of a map",
      { for_each: { a: { n: "x" }, b: { n: "y" } }, name: "${each.value.n}" },
      ["x", "y"],
      'aws_iam_user.u["b"]',
    ],
  ])("%s repeats the resource", (_what, body, names, address) => {
    const { users } = graphFromStack(stack({ "aws_iam_user.u": body }));
    expect(users.map(({ name }) => name)).toEqual(names);
    expect(users[1]?.address).toBe(address);
  });

  test("references reach one instance and all of them", () => {
    const { users, groups } = graphFromStack(
      stack({
        "aws_iam_user.u": { for_each: { a: 1, b: 2 }, name: "${each.key}" },
        "aws_iam_group.g": { name: "g" },
        "aws_iam_group.h": { name: "h" },
        "aws_iam_group_membership.all": { group: "g", users: "${values(aws_iam_user.u)[*].name}" },
        "aws_iam_group_membership.one": { group: "h", users: ['${aws_iam_user.u["b"].name}'] },
        "aws_iam_user_group_membership.each": {
          for_each: { a: 1, b: 2 },
          user: "${aws_iam_user.u[each.key].name}",
          groups: ["g"],
        },
      }),
    );
    expect(groups).toHaveLength(2);
    expect(users.map((user) => user.groups.map(({ name }) => name))).toEqual([["g"], ["g", "h"]]);
  });

  test("a splat over count is every instance", () => {
    const { users } = graphFromStack(
      stack({
        "aws_iam_user.u": { count: 2, name: "n-${count.index}" },
        "aws_iam_group.g": { name: "g" },
        "aws_iam_group_membership.all": { group: "g", users: "${aws_iam_user.u[*].name}" },
      }),
    );
    expect(users.map((user) => user.groups.length)).toEqual([1, 1]);
  });

  test("a repetition that only a plan knows is told", () => {
    const { users, unknowns } = graphFromStack(
      stack(
        { "aws_iam_user.u": { for_each: "${var.users}", name: "${each.key}" } },
        { variable: { users: {} } },
      ),
    );
    expect(users).toMatchObject([{ name: UNKNOWN_PART }]);
    expect(unknowns).toMatchObject([
      { address: "aws_iam_user.u.for_each" },
      { address: "aws_iam_user.u[?].name" },
    ]);
  });
});

describe("documents", () => {
  const policyOf = (policy: unknown, more: Readonly<Record<string, unknown>> = {}) =>
    graphFromStack(
      stack(
        { "aws_iam_policy.p": { name: "p", policy }, "aws_iam_user.u": { name: "u" }, "random_id.r": {} },
        more,
      ),
    );

  test("jsonencode in Terraform's own syntax is evaluated", () => {
    const text =
      '${jsonencode({"Version" = "2012-10-17", Statement = [{Effect: "Allow", "Action" = ["s3:Get*"], "Resource" = "${aws_iam_user.u.arn}/*"}]})}';
    expect(policyOf(text).managedPolicies[0]?.document).toEqual({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: ["s3:Get*"], Resource: "arn:aws:iam::111122223333:user/u/*" }],
    });
  });

  test("an unknown part inside a document leaves the rest known", () => {
    const { managedPolicies, unknowns } = policyOf(
      allowing("s3:*").replace('"*"', '"arn:aws:s3:::b-${random_id.r.hex}/*"'),
    );
    expect(managedPolicies[0]?.document).toHaveProperty(
      "Statement.0.Resource",
      `arn:aws:s3:::b-${UNKNOWN_PART}/*`,
    );
    expect(unknowns).toMatchObject([
      { address: "aws_iam_policy.p.policy", reason: "known after apply: random_id.r.hex" },
    ]);
  });

  test("an unknown in jsonencode is an unknown part", () => {
    const text =
      '${jsonencode({Statement = [{Effect = "Allow", Action = "s3:*", Resource = random_id.r.list}]})}';
    expect(policyOf(text).managedPolicies[0]?.document).toHaveProperty("Statement.0.Resource", UNKNOWN_PART);
  });

  test.each([
    ["a variable without default", "${var.document}"],
    ["a file", '${file("policy.json")}'],
    ["a bare unknown between braces", '{"Statement": ${random_id.r.hex}}'],
  ])("a document from %s is unknown as a whole, and told", (_what, policy) => {
    const { managedPolicies, unknowns } = policyOf(policy);
    expect(managedPolicies[0]?.document).toMatchObject({ unknown: true, address: "aws_iam_policy.p.policy" });
    expect(unknowns).toMatchObject([{ address: "aws_iam_policy.p.policy" }]);
  });

  test("a single statement becomes a list, and a document without version one of 2008", () => {
    const policy = JSON.stringify({ Statement: { Effect: "Allow", Action: "s3:*", Resource: "*" } });
    expect(policyOf(policy).managedPolicies[0]?.document).toEqual({
      Version: "2008-10-17",
      Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }],
    });
  });

  test("equal documents are one object", () => {
    const { managedPolicies } = graphFromStack(
      stack({
        "aws_iam_policy.a": { name: "a", policy: allowing("s3:*") },
        "aws_iam_policy.b": { name: "b", policy: allowing("s3:*") },
      }),
    );
    expect(managedPolicies[0]?.document).toBe(managedPolicies[1]?.document);
  });
});

describe("data.aws_iam_policy_document", () => {
  const documentOf = (documents: Readonly<Record<string, unknown>>) =>
    graphFromStack(
      stack(
        {
          "aws_iam_policy.p": { name: "p", policy: "${data.aws_iam_policy_document.main.json}" },
          "aws_iam_user.u": { name: "u" },
        },
        {
          data: {
            aws_iam_policy_document: documents,
            aws_caller_identity: { current: {} },
            aws_partition: { here: {} },
          },
        },
      ),
    ).managedPolicies[0]?.document;

  test("statements, principals, conditions and policy variables are written as the provider writes them", () => {
    const main = {
      statement: [
        {
          sid: "Own",
          actions: ["iam:GetUser"],
          resources: ["arn:aws:iam::${data.aws_caller_identity.current.account_id}:user/&{aws:username}"],
          condition: [{ test: "Bool", variable: "aws:MultiFactorAuthPresent", values: ["true"] }],
        },
        {
          effect: "Deny",
          not_actions: ["s3:*"],
          not_resources: ["arn:${data.aws_partition.here.partition}:s3:::b"],
          principals: [
            { type: "AWS", identifiers: ["${aws_iam_user.u.arn}", "444455556666"] },
            { type: "Service", identifiers: ["lambda.amazonaws.com"] },
          ],
        },
      ],
    };
    expect(documentOf({ main })).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Own",
          Effect: "Allow",
          Action: "iam:GetUser",
          Resource: "arn:aws:iam::111122223333:user/${aws:username}",
          Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
        },
        {
          Effect: "Deny",
          Principal: {
            AWS: ["arn:aws:iam::111122223333:user/u", "444455556666"],
            Service: "lambda.amazonaws.com",
          },
          NotAction: "s3:*",
          NotResource: "arn:aws:s3:::b",
        },
      ],
    });
  });

  test("a principal of type * is everybody", () => {
    const main = { statement: { actions: ["s3:*"], principals: { type: "*", identifiers: ["*"] } } };
    expect(documentOf({ main })).toHaveProperty("Statement.0.Principal", "*");
  });

  test("sources come first, overrides replace statements of the same Sid", () => {
    const documents = {
      base: {
        statement: [
          { sid: "A", actions: ["s3:Get*"], resources: ["*"] },
          { actions: ["sns:*"], resources: ["*"] },
        ],
      },
      over: { statement: [{ sid: "A", actions: ["s3:Put*"], resources: ["*"] }] },
      main: {
        source_policy_documents: ["${data.aws_iam_policy_document.base.json}"],
        override_policy_documents: ["${data.aws_iam_policy_document.over.json}"],
        statement: [{ sid: "B", actions: ["sqs:*"], resources: ["*"] }],
      },
    };
    const document = documentOf(documents);
    expect(document).toMatchObject({
      Statement: [{ Sid: "A", Action: "s3:Put*" }, { Action: "sns:*" }, { Sid: "B", Action: "sqs:*" }],
    });
  });

  test("a statement that sources its parts dynamically makes the document unknown", () => {
    const main = { dynamic: { statement: { for_each: "${var.none}", content: {} } } };
    expect(actionsOf([{ document: documentOf({ main }) }])).toEqual([
      expect.stringContaining("how many statement blocks there are is not known"),
    ]);
  });
});

test("a module that the stack calls is told, because it is not read", () => {
  const { unknowns } = graphFromStack(stack({}, { module: { users: { source: "./users" } } }));
  expect(unknowns).toMatchObject([{ address: "module.users" }]);
});
