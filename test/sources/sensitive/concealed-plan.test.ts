import { accessReport } from "../../../src/report/build-report";
import { formatAccessJson } from "../../../src/report/format/json";
import { formatAccessMarkdown } from "../../../src/report/format/markdown";
import { formatAccessMermaid } from "../../../src/report/format/mermaid";
import { formatAccessSvg } from "../../../src/report/format/svg";
import { formatAccessTable } from "../../../src/report/format/table";
import { graphFromPlan } from "../../../src/sources/plan/graph-from-plan";
import { concealedPlan } from "../../../src/sources/sensitive/concealed-plan";
import { caseFile } from "../case-files";
import { plan } from "../terraform-files";

type Json = Readonly<Record<string, unknown>>;

const FORMATS = [
  formatAccessTable,
  formatAccessJson,
  formatAccessMarkdown,
  formatAccessMermaid,
  formatAccessSvg,
] as const;

function changeOf(concealed: unknown, address: string): { before: Json; after: Json } {
  const changes = (concealed as { resource_changes: { address: string; change: unknown }[] })
    .resource_changes;
  return changes.find((change) => change.address === address)?.change as { before: Json; after: Json };
}

describe("a plan with secrets", () => {
  const file = caseFile("03-sensitive-values.json");
  const secrets = /hunter\d|extid-|999988887777/;

  test("has them, or this test proves nothing", () => {
    expect(JSON.stringify(file)).toMatch(secrets);
  });

  test("has none once it is concealed, its unmarked prior state included", () => {
    expect(JSON.stringify(concealedPlan(file))).not.toMatch(secrets);
  });

  test("has none after its drift was concealed", () => {
    expect(JSON.stringify(concealedPlan(caseFile("03b-sensitive-values-drift.json")))).not.toMatch(/hunter/);
  });

  test.each([
    ["aws_ssm_parameter.db", "value"],
    ["aws_secretsmanager_secret_version.s", "secret_string"],
    ["aws_db_instance.d", "password"],
    ["aws_iam_role.app", "assume_role_policy"],
  ])("still shows that %s.%s changes", (address, attribute) => {
    const { before, after } = changeOf(concealedPlan(file), address);
    expect(String(before[attribute])).toContain("(sensitive");
    expect(after[attribute]).not.toEqual(before[attribute]);
  });

  test("is the same plan when it is concealed again, and the same for the same file", () => {
    const once = concealedPlan(file);
    expect(concealedPlan(once)).toBe(once);
    expect(concealedPlan(structuredClone(once))).toEqual(once);
    expect(concealedPlan(structuredClone(file))).toEqual(once);
  });

  test.each(FORMATS.map((format) => [format.name, format] as const))("shows none in %s", (_name, format) => {
    const graphs = graphFromPlan(file);
    for (const graph of [graphs.before, graphs.after, graphs.recorded()]) {
      expect(format(accessReport([{ environment: "e", graph }]))).not.toMatch(secrets);
    }
  });
});

const marked = (before: Json, after: Json, sensitive: Json) =>
  plan([], {
    resource_changes: [
      {
        address: "aws_iam_role.r",
        mode: "managed",
        type: "aws_iam_role",
        name: "r",
        change: { actions: ["update"], before, after, after_unknown: {}, after_sensitive: sensitive },
      },
    ],
  });

describe("what is concealed", () => {
  const sides = (before: Json, after: Json, sensitive: Json) =>
    changeOf(concealedPlan(marked(before, after, sensitive)), "aws_iam_role.r");

  test("is marked on one side only: the other side is the same secret", () => {
    expect(sides({ description: "s3cret" }, { description: "s3cret" }, { description: true })).toMatchObject({
      before: { description: "(sensitive value)" },
      after: { description: "(sensitive value)" },
    });
  });

  test("is told apart where it differs", () => {
    expect(sides({ description: "old" }, { description: "new" }, { description: true })).toMatchObject({
      before: { description: "(sensitive value)" },
      after: { description: "(sensitive value 2)" },
    });
  });

  test("is a leaf of a map or a list", () => {
    const tags = { a: "s3cret", b: "open" };
    expect(sides({ tags }, { tags }, { tags: { a: true } }).after["tags"]).toEqual({
      a: "(sensitive value)",
      b: "open",
    });
    const list = ["open", "s3cret"];
    expect(sides({ list }, { list }, { list: [false, true] }).after["list"]).toEqual([
      "open",
      "(sensitive value)",
    ]);
  });

  test("is a number, too, and nothing is no secret", () => {
    expect(sides({ a: 7, b: null }, { a: 8, b: null }, { a: true, b: true })).toMatchObject({
      before: { a: "(sensitive value)", b: null },
      after: { a: "(sensitive value 2)", b: null },
    });
  });

  test("is a name in the ARN of its resource as well", () => {
    const values = { name: "s3cret", id: "s3cret", arn: "arn:aws:iam::111122223333:role/s3cret" };
    expect(JSON.stringify(sides(values, values, { name: true }))).not.toContain("s3cret");
  });

  test("is a password deep in a block of a type that nobody marks", () => {
    const block = {
      profile: [{ credentials: [{ user: "u", password: "s3cret", password_required: true }] }],
    };
    expect(JSON.stringify(sides(block, block, {}))).toContain(
      '"user":"u","password":"(sensitive value)","password_required":true',
    );
  });
});

describe("the rest of the file", () => {
  const secret = "s3cret";
  const file = plan([], {
    variables: { key: { value: secret }, region: { value: "eu-central-1" } },
    output_changes: {
      o: {
        actions: ["create"],
        before: null,
        after: { a: secret },
        before_sensitive: true,
        after_sensitive: true,
      },
    },
    planned_values: { outputs: { o: { sensitive: true, value: secret } } },
    prior_state: { values: { outputs: { o: { sensitive: true, value: secret } }, root_module: {} } },
    action_invocations: [
      {
        address: "action.x.y",
        type: "x",
        config_values: { payload: secret },
        config_sensitive: { payload: true },
      },
    ],
    deferred_changes: [
      {
        reason: "unknown",
        resource_change: {
          address: "aws_db_instance.d",
          type: "aws_db_instance",
          change: { actions: ["create"], before: null, after: { password: secret } },
        },
      },
    ],
    configuration: {
      provider_config: { aws: { expressions: { secret_key: { constant_value: secret } } } },
      root_module: {
        variables: { key: { sensitive: true, default: secret }, region: { default: "eu-central-1" } },
        outputs: { o: { sensitive: true, expression: { constant_value: secret } } },
        resources: [
          {
            address: "aws_db_instance.d",
            type: "aws_db_instance",
            expressions: { password: { constant_value: secret }, identifier: { constant_value: "d" } },
          },
        ],
        module_calls: {
          m: {
            expressions: { token: { constant_value: secret }, name: { constant_value: "open" } },
            module: { variables: { token: { sensitive: true }, name: {} } },
          },
        },
      },
    },
  });

  test("has no secret in variables, outputs, actions, deferred changes and the configuration", () => {
    expect(JSON.stringify(file).split(secret).length).toBeGreaterThan(10);
    expect(JSON.stringify(concealedPlan(file))).not.toContain(secret);
  });

  test("keeps what is none", () => {
    const text = JSON.stringify(concealedPlan(file));
    expect(text).toContain('"region":{"value":"eu-central-1"}');
    expect(text).toContain('"name":{"constant_value":"open"}');
    expect(text).toContain('"identifier":{"constant_value":"d"}');
  });
});

describe("a policy that is sensitive as a whole", () => {
  const graphOf = (document: unknown, attribute = "assume_role_policy") => {
    const values = {
      name: "r",
      arn: "arn:aws:iam::111122223333:role/r",
      assume_role_policy: '{"Version":"2012-10-17","Statement":[]}',
      [attribute]: JSON.stringify(document),
    };
    return graphFromPlan(marked(values, values, { [attribute]: true })).after;
  };
  const trust = (principal: unknown, condition: unknown = {}) => ({
    Version: "2012-10-17",
    Statement: [
      { Sid: "Mine", Effect: "Allow", Principal: principal, Action: "sts:AssumeRole", Condition: condition },
    ],
  });
  const assumers = (document: unknown) => {
    const report = accessReport([{ environment: "e", graph: graphOf(document) }]);
    return report.environments[0]?.roles[0]?.assumedBy ?? [];
  };

  test("is still judged by AWS's own words", () => {
    expect(assumers(trust({ Service: "ec2.amazonaws.com" }))).toMatchObject([
      { kind: "service", name: "ec2.amazonaws.com", answer: "yes" },
    ]);
  });

  test("is still judged by accounts that the file shows elsewhere, whatever the external id is", () => {
    const own = trust(
      { AWS: "arn:aws:iam::111122223333:root" },
      { StringEquals: { "sts:ExternalId": "s3cret" } },
    );
    expect(assumers(own)).toMatchObject([{ kind: "account", answer: "yes" }]);
    expect(JSON.stringify(assumers(own))).not.toContain("s3cret");
  });

  test('lets nobody know whom else it names, which is no "nobody"', () => {
    const found = assumers(trust({ AWS: "arn:aws:iam::444455556666:role/partner" }));
    expect(found.length).toBeGreaterThan(0);
    expect(found.every(({ answer }) => answer === "unknown")).toBe(true);
    expect(JSON.stringify(found)).not.toMatch(/partner|444455556666/);
  });

  test("has the same text on both sides only where it is the same", () => {
    const values = (id: string) => ({
      assume_role_policy: JSON.stringify(trust("*", { StringEquals: { "sts:ExternalId": id } })),
    });
    const read = (before: string, after: string) =>
      changeOf(
        concealedPlan(marked(values(before), values(after), { assume_role_policy: true })),
        "aws_iam_role.r",
      );
    const same = read("a", "a");
    const other = read("a", "b");
    expect(same.before).toEqual(same.after);
    expect(other.before).not.toEqual(other.after);
  });
});
