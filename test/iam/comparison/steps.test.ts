import fc from "fast-check";
import { accessChange, isUnchanged } from "../../../src/iam/comparison/access-change";
import { countedSteps, MOST_STEPS } from "../../../src/iam/comparison/step-count";
import { managedPolicy, managedPolicyNames } from "../../../src/iam/managed-policies";
import { listOf, type PolicyDocument, type Statement } from "../../../src/iam/policy-document";

/** What the question at hand when the budget ends may take beyond it. */
const LAST_QUESTION = 100_000;
/** Characters of all inline policies of a role; a managed policy may have 6,144. */
const LARGEST = 10_240;

const document = (Statement: readonly Statement[]): PolicyDocument => ({ Version: "2012-10-17", Statement });
const change = (before: PolicyDocument, after: PolicyDocument) =>
  accessChange({ identity: [before] }, { identity: [after] });

const pattern = fc.stringMatching(/^[ab?*]{1,12}$/);
const action = fc.oneof(
  fc.constantFrom("*", "s3:*", "ec2:Run*"),
  pattern.map((text) => `s3:${text}`),
  pattern,
);
const resource = fc.oneof(
  fc.constant("*"),
  pattern.map((text) => `arn:aws:s3:::${text}`),
  fc
    .array(fc.constantFrom("*", "?", "a", "*?", "?*"), { minLength: 1, maxLength: 20 })
    .map((all) => all.join("")),
);
const list = (item: fc.Arbitrary<string>, maxLength: number) =>
  fc.array(item, { minLength: 1, maxLength, size: "max" });
const condition = fc.dictionary(
  fc.constantFrom("StringLike", "StringNotLike", "StringLikeIfExists", "ForAnyValue:StringLike"),
  fc.dictionary(fc.constantFrom("aws:PrincipalTag/a", "aws:PrincipalTag/b", "s3:prefix"), list(pattern, 12), {
    maxKeys: 3,
  }),
  { maxKeys: 3 },
);
const statement = fc
  .record({
    Effect: fc.constantFrom("Allow" as const, "Allow" as const, "Deny" as const),
    actions: list(action, 60),
    resources: list(resource, 60),
    isNotAction: fc.boolean(),
    isNotResource: fc.boolean(),
    Condition: condition,
  })
  .map(
    ({ Effect, actions, resources, isNotAction, isNotResource, Condition }): Statement => ({
      Effect,
      [isNotAction ? "NotAction" : "Action"]: actions,
      [isNotResource ? "NotResource" : "Resource"]: resources,
      ...(Object.keys(Condition).length > 0 && { Condition }),
    }),
  );
const policy = fc.array(statement, { minLength: 1, maxLength: 40, size: "max" }).map((all) => {
  const kept: Statement[] = [];
  for (const each of all) {
    if (JSON.stringify([...kept, each]).length > LARGEST) break;
    kept.push(each);
  }
  return document(kept);
});

describe("any two policies that IAM accepts", () => {
  test("are compared in a bounded number of steps", () => {
    fc.assert(
      fc.property(policy, policy, (before, after) => {
        expect(countedSteps(() => change(before, after))).toBeLessThan(MOST_STEPS + LAST_QUESTION);
      }),
      { numRuns: 10 },
    );
  });

  const many = (count: number, text: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => text(index));
  const allow = (Action: readonly string[], Resource: readonly string[]): Statement => ({
    Effect: "Allow",
    Action,
    Resource,
  });
  test.each<[string, Statement, Statement, number]>([
    [
      "twelve ARN patterns of EC2",
      allow(
        ["ec2:*"],
        many(12, (index) => `arn:aws:ec2:*:*:type-${index}/*`),
      ),
      allow(["ec2:Run*"], ["arn:aws:ec2:*:*:*/*"]),
      2_000,
    ],
    [
      "two hundred patterns of three wildcards",
      allow(
        ["s3:*"],
        many(200, (index) => `arn:aws:s3:::*${index}*a*b*`),
      ),
      allow(
        ["s3:*"],
        many(200, (index) => `arn:aws:s3:::*${index}*b*a*`),
      ),
      MOST_STEPS + LAST_QUESTION,
    ],
    [
      "runs of single characters",
      allow(
        ["s3:*"],
        many(60, (index) => `*a${"?".repeat(index)}*`),
      ),
      allow(
        ["s3:*"],
        many(40, (index) => `*${"?a*".repeat(15)}${index}`),
      ),
      MOST_STEPS + LAST_QUESTION,
    ],
  ])("%s", (_name, before, after, most) => {
    expect(countedSteps(() => change(document([before]), document([after])))).toBeLessThan(most);
  });
});

describe("AWS's own policies, written in another order and in more statements", () => {
  const reordered = ({ Version, Statement: statements }: PolicyDocument): PolicyDocument => ({
    Version,
    Statement: [...statements].reverse().flatMap(({ Sid: _, ...rest }): Statement[] => {
      const actions = listOf(rest.Action).toReversed();
      if (rest.Action === undefined || actions.length < 4) return [rest];
      const half = actions.length >> 1;
      return [
        { ...rest, Action: actions.slice(0, half) },
        { ...rest, Action: actions.slice(half) },
      ];
    }),
  });

  test("mean the same, within the budget: every third that is no larger than a customer's may be", () => {
    const documents = managedPolicyNames().flatMap((name, index) => {
      const { document: own } = managedPolicy(name);
      return "unknown" in own || JSON.stringify(own).length > LARGEST || index % 3 > 0 ? [] : [{ name, own }];
    });
    expect(documents.length).toBeGreaterThan(300);
    expect(
      documents.filter(({ own }) => !isUnchanged(change(own, reordered(own)))).map(({ name }) => name),
    ).toEqual([]);
  });
});
