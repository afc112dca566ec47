import { formatAnswers, formatAnswersMarkdown, isAnswered } from "../../src/report/format/answer";
import { answerQuestion } from "../../src/report/question";
import type { Question, QuestionOutcome } from "../../src/report/question-answers";
import {
  accessGraph,
  allow,
  attached,
  deny,
  policyOf,
  role,
  trust,
  unknownDocument,
  user,
} from "../builders/access-graph";
import { shippedInputs } from "./shipped";

const outcomes = (question: Question): readonly QuestionOutcome[] =>
  answerQuestion(question, shippedInputs).answers.flatMap((answer) => answer.outcomes);
const become = (principal: string, resource: string): Question => ({
  principal,
  resource,
  actions: ["sts:AssumeRole"],
});
const HOME = { sourceIp: "203.0.113.9" };

describe("without MFA age and network a grid is asked", () => {
  test("work may become admin with recent MFA from an allowed network, and in no other way", () => {
    const found = outcomes(become("personal/work", "admin"));
    expect(found.filter(({ effect }) => effect === "Allowed")).toMatchObject([
      { credentials: ["with MFA at most 1 h old"], from: ["203.0.113.0/24", "2001:db8:1::/48"] },
    ]);
    expect(found.filter(({ effect }) => effect !== "Allowed").length).toBeGreaterThanOrEqual(3);
  });

  test("elsewhere is one place, and everywhere is anywhere", () => {
    expect(outcomes(become("personal/work", "admin")).map(({ from }) => from)).toContainEqual(["elsewhere"]);
    const daily = { principal: "personal/daily", actions: ["s3:ListAllMyBuckets"] };
    expect(outcomes(daily)).toMatchObject([{ effect: "Allowed", from: ["anywhere"] }]);
  });
});

describe("the explanation", () => {
  test("names the statement, its policy, where it is attached and by which resource", () => {
    const [denied] = outcomes({ ...become("personal/work", "admin"), mfa: "none", network: HOME });
    expect(denied).toMatchObject({
      effect: "ExplicitlyDenied",
      statements: [
        {
          statement: { Sid: "DenyMostActionsWithoutMfa" },
          policyName: "baseline-guard",
          attachedTo: "arn:aws:iam::111122223333:group/baseline/developers",
          attachedBy: expect.stringMatching(/^aws_iam_group_policy_attachment\./),
        },
      ],
    });
  });

  test("tells the condition that a near miss fails", () => {
    const [refused] = outcomes({
      ...become("personal/work", "admin"),
      mfa: { ageSeconds: 3601 },
      network: HOME,
    });
    expect(refused).toMatchObject({ effect: "ImplicitlyDenied" });
    expect(refused?.because).toContain('aws:MultiFactorAuthAge "3600" does not hold');
  });

  test("is in the text with the Terraform address", () => {
    const answers = answerQuestion(
      { ...become("personal/home", "daily"), mfa: { ageSeconds: 60 }, network: HOME },
      shippedInputs,
    );
    expect(formatAnswers(answers)).toMatch(
      /yes: with MFA 1 min old, from 203\.0\.113\.9\n.*\(aws_iam_role\.role-daily/s,
    );
  });
});

describe("boundaries of one question", () => {
  test.each([
    [3600, "Allowed"],
    [3601, "ImplicitlyDenied"],
  ])("MFA %i s old: %s", (ageSeconds, effect) => {
    expect(
      outcomes({ ...become("personal/work", "admin"), mfa: { ageSeconds }, network: HOME }),
    ).toMatchObject([{ effect }]);
  });

  test("a call that a service makes with the user's credentials passes the guard", () => {
    const read = {
      principal: "personal/home",
      actions: ["iam:GetUser"],
      mfa: "none",
      network: { sourceIp: "192.0.2.1" },
    } as const;
    const own = { ...read, resource: "arn:aws:iam::111122223333:user/baseline/device/home" };
    expect(outcomes(own)).toMatchObject([{ effect: "ExplicitlyDenied" }]);
    expect(outcomes({ ...own, viaAwsService: true })).toMatchObject([{ effect: "Allowed" }]);
  });

  test("a context key of the question counts", () => {
    const tagged = user({
      policies: [
        policyOf({ ...allow("s3:GetObject"), Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } }),
      ],
    });
    const inputs = [{ environment: "test", graph: accessGraph({ users: [tagged] }) }];
    const question = { principal: "laptop", actions: ["s3:GetObject"], mfa: "none", network: HOME } as const;
    const effects = (context: Record<string, string>) =>
      answerQuestion({ ...question, context }, inputs).answers.flatMap((answer) =>
        answer.outcomes.map(({ effect }) => effect),
      );
    expect(effects({})).toEqual(["Unknown"]);
    expect(effects({ "aws:PrincipalOrgID": "o-1" })).toEqual(["Allowed"]);
    expect(effects({ "aws:PrincipalOrgID": "o-2" })).toEqual(["ImplicitlyDenied"]);
  });
});

describe("resources", () => {
  test("without one, those that the policies name are asked, and an example of another", () => {
    const { answers } = answerQuestion(
      { principal: "personal/octo.website", actions: ["s3:PutObject"], mfa: "none", network: HOME },
      shippedInputs,
    );
    expect(
      answers.map(({ resource, isExample, outcomes: [first] }) => [resource, isExample, first?.effect]),
    ).toEqual([
      ["arn:aws:s3:::octo-website/example", false, "Allowed"],
      ["arn:aws:s3:::unlisted-example/unlisted-example", true, "ImplicitlyDenied"],
    ]);
  });

  test("an action without resource types is asked on *", () => {
    const { answers } = answerQuestion(
      { principal: "personal/daily", actions: ["iam:ListUsers"] },
      shippedInputs,
    );
    expect(answers).toMatchObject([{ resource: "*" }]);
  });
});

test("many actions are summed up: what is allowed on some resource is told with it", () => {
  const actions = [
    "PutObject",
    "GetObject",
    "DeleteObject",
    "ListAllMyBuckets",
    "ListBucket",
    "CreateBucket",
    "DeleteBucket",
  ].map((name) => `s3:${name}`);
  const answers = answerQuestion(
    {
      principal: "personal/daily",
      actions: [...actions, ...actions.map((name) => name.replace("s3:", "s3:Put"))],
    },
    shippedInputs,
  );
  for (const text of [formatAnswers(answers), formatAnswersMarkdown(answers)]) {
    expect(text).toContain("s3:PutObject on");
    expect(text).toMatch(/not allowed.*s3:CreateBucket/s);
  }
});

test("an unknown answer is not an answer", () => {
  const policies = [attached(unknownDocument())];
  const inputs = [{ environment: "test", graph: accessGraph({ users: [user({ policies })] }) }];
  const answers = answerQuestion({ principal: "laptop", actions: ["s3:GetObject"] }, inputs);
  expect(isAnswered(answers)).toBe(false);
  expect(formatAnswers(answers)).toContain("not known: aws_iam_policy.later.policy: known after apply");
});

describe("names", () => {
  test.each([
    ["a role without its suffix", "team-prod/admin", "arn:aws:iam::444455556666:role/team/admin-k7q2m9xd"],
    ["a role with its suffix", "admin-k7q2m9xd", "arn:aws:iam::444455556666:role/team/admin-k7q2m9xd"],
    [
      "a role whose suffix is not known",
      "personal/daily-*",
      "arn:aws:iam::111122223333:role/baseline/daily-*",
    ],
    ["a user", "ben-tablet", "arn:aws:iam::111122223333:user/team/device/ben-tablet"],
    [
      "an ARN",
      "arn:aws:iam::444455556666:user/team/break-glass/emergency",
      "arn:aws:iam::444455556666:user/team/break-glass/emergency",
    ],
  ])("%s: %s", (_what, principal, arn) => {
    expect(
      answerQuestion({ principal, actions: ["sts:GetCallerIdentity"] }, shippedInputs).principal.arn,
    ).toBe(arn);
  });

  test("of several roles of one name the one of the principal's environment is meant", () => {
    expect(answerQuestion(become("work", "admin"), shippedInputs).answers).toMatchObject([
      { resource: "arn:aws:iam::111122223333:role/baseline/admin-*" },
    ]);
  });

  test.each([
    ["a misspelt name, with the nearest", "wrok", /no user or role "wrok"; did you mean "work"\?/],
    [
      "a name of several",
      "admin",
      /3 principals: give one of personal\/admin-\*, team-dev\/admin-\*, team-prod\/admin-k7q2m9xd/,
    ],
    ["an empty name", "", /is empty/],
  ])("refuses %s", (_what, principal, message) => {
    expect(() => answerQuestion({ principal, actions: ["s3:GetObject"] }, shippedInputs)).toThrow(message);
  });

  test("refuses a role that does not exist", () => {
    expect(() => answerQuestion(become("work", "amdin"), shippedInputs)).toThrow(
      'no role "amdin"; did you mean "admin"?',
    );
  });

  test("refuses AssumeRole without a role", () => {
    expect(() => answerQuestion({ principal: "work", actions: ["sts:AssumeRole"] }, shippedInputs)).toThrow(
      "give --resource",
    );
  });

  test("refuses MFA for a session of a role", () => {
    const question = { principal: "personal/daily", actions: ["s3:GetObject"], mfa: { ageSeconds: 1 } };
    expect(() => answerQuestion(question, shippedInputs)).toThrow("carry no MFA");
  });
});

test("a Deny of a group is told beside that of a policy of one's own", () => {
  const graph = accessGraph({
    users: [user({ policies: [policyOf(allow("*"), deny("s3:*"))] })],
    roles: [role({ trust: trust() })],
  });
  const { answers } = answerQuestion(
    { principal: "laptop", actions: ["s3:GetObject"], resource: "arn:aws:s3:::a/b" },
    [{ environment: "test", graph }],
  );
  expect(answers).toMatchObject([{ outcomes: [{ effect: "ExplicitlyDenied", statements: [{ index: 1 }] }] }]);
});

describe("two roles of one name", () => {
  const admins = ["111122223333", "444455556666"].map((accountId) =>
    role({ name: "admin", accountId, trust: trust(), policies: [policyOf(allow("s3:*"))] }),
  );
  const ask = (principal: string, environments: readonly string[]) =>
    answerQuestion(
      { principal, actions: ["s3:GetObject"] },
      admins.map((one, index) => ({
        environment: environments[index] ?? "",
        graph: accessGraph({ roles: [one] }),
      })),
    );

  test("of one environment are told apart by ARN", () => {
    expect(() => ask("admin", ["e", "e"])).toThrow(
      '"admin" is the name of 2 principals: give one of arn:aws:iam::111122223333:role/baseline/admin, arn:aws:iam::444455556666:role/baseline/admin',
    );
    expect(ask("arn:aws:iam::444455556666:role/baseline/admin", ["e", "e"]).principal.name).toBe("admin");
  });

  test("of two environments are told apart by them", () => {
    expect(() => ask("admin", ["dev", "prod"])).toThrow("give one of dev/admin, prod/admin");
  });
});
