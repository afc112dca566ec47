import { evaluate } from "../../../src/iam/evaluate";
import { accessReport } from "../../../src/report/build-report";
import { graphFromStack } from "../../../src/sources/stack/graph-from-stack";
import { stack } from "../terraform-files";

/** A statement of which an effect, a condition or all is known only after apply: it may say anything, so nothing is denied. */

const TRUST = (statement: string) => `\${jsonencode({Version="2012-10-17",Statement=[${statement}]})}`;
const FOREIGN = 'Principal={AWS="arn:aws:iam::444455556666:root"}';

function graphOf(trust: string) {
  const json = stack({ "aws_iam_role.target": { name: "target", assume_role_policy: trust } });
  return graphFromStack({ ...(json as object), variable: { any: { type: "string" } } });
}

function assumedBy(trust: string): readonly string[] {
  const [environment] = accessReport([{ environment: "e", graph: graphOf(trust) }]).environments;
  return (environment?.roles[0]?.assumedBy ?? []).map(
    ({ name, answer, unknowns }) => `${name}: ${answer}${answer === "unknown" ? ` (${unknowns[0]})` : ""}`,
  );
}

test.each<[what: string, trust: string, told: RegExp]>([
  [
    "the effect",
    TRUST(`{Effect=var.any,Action="sts:AssumeRole",${FOREIGN}}`),
    /^not known: unknown \(.*variable any has no default\)$/,
  ],
  ["the statement", TRUST("var.any"), /^not known: unknown \(.*variable any has no default\)$/],
  [
    "all statements",
    `\${jsonencode({Version="2012-10-17",Statement=var.any})}`,
    /^not known: unknown \(.*variable any has no default\)$/,
  ],
  [
    "the conditions",
    TRUST(`{Effect="Allow",Action="sts:AssumeRole",${FOREIGN},Condition=var.any}`),
    /^anyone whom policies of account 444455556666 allow: unknown/,
  ],
  [
    "the keys of an operator",
    TRUST(`{Effect="Allow",Action="sts:AssumeRole",${FOREIGN},Condition={StringEquals=var.any}}`),
    /^anyone whom policies of account 444455556666 allow: unknown/,
  ],
])("of which %s is known only after apply lets in somebody who is not known", (_what, trust, told) => {
  const found = assumedBy(trust);
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(told);
  expect(found[0]).not.toMatch(/\uFFFD|operator that IAM does not have/);
});

test("of which nothing is unknown is as it was written", () => {
  expect(assumedBy(TRUST(`{Effect="Allow",Action="sts:AssumeRole",${FOREIGN}}`))).toEqual([
    "anyone whom policies of account 444455556666 allow: yes",
  ]);
});

test("an allow beside a condition that is not known stays", () => {
  const statements = `{Effect="Allow",Action="sts:AssumeRole",${FOREIGN}},{Effect="Allow",Action="sts:AssumeRole",Principal={AWS="arn:aws:iam::444455556666:user/x"},Condition=var.any}`;
  expect(assumedBy(TRUST(statements))).toContain("anyone whom policies of account 444455556666 allow: yes");
});

test("a deny whose conditions are not known may deny", () => {
  const statements = `{Effect="Allow",Action="sts:AssumeRole",${FOREIGN}},{Effect="Deny",Action="sts:AssumeRole",Principal="*",Condition=var.any}`;
  const graph = graphOf(TRUST(statements));
  const decision = evaluate(
    {
      principal: "arn:aws:iam::444455556666:user/x",
      credentials: { kind: "long-term-key" },
      network: "none",
      action: "sts:AssumeRole",
      resource: "arn:aws:iam::111122223333:role/target",
    },
    graph,
  );
  expect(decision.effect).toBe("Unknown");
});
