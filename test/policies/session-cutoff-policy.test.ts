import { evaluate } from "../../src/iam/evaluate";
import type { PolicyDocument } from "../../src/iam/policy-document";
import type { Credentials } from "../../src/iam/request";
import { type Cutoff, MOST_USERS, mergedCutoffs, withCutoff, withoutCutoff } from "../../src/policies/cutoff";
import { countedCharacters } from "../../src/policies/minified";
import { readSessionCutoff, sessionCutoffDocument } from "../../src/policies/session-cutoff-policy";
import { accessGraph, policyOf, role, trust, user } from "../builders/access-graph";

const NOW = new Date("2026-11-25T03:00:00Z");
const BEFORE = new Date("2026-11-25T03:01:00Z");
const cut = (userName: string | undefined, before = BEFORE): Cutoff => ({
  before,
  ...(userName !== undefined && { userName, userId: "AIDAEXAMPLEEXAMPLE12" }),
});

/** What the policy says of a session that began at a moment, as the key that tells whose it is says. */
function answer(document: PolicyDocument, credentials: Credentials, began?: string, userid?: string): string {
  const policies = [
    policyOf({ Effect: "Allow", Action: "*", Resource: "*" }),
    { ...policyOf({ Effect: "Allow", Action: "*", Resource: "*" }), name: "session-cutoff", document },
  ];
  const isRole = credentials.kind === "role-session";
  const principal = isRole ? role({ policies, trust: trust() }) : user({ policies });
  const graph = accessGraph(principal.kind === "user" ? { users: [principal] } : { roles: [principal] });
  const context = {
    ...(began !== undefined && { "aws:TokenIssueTime": began }),
    ...(userid !== undefined && { "aws:userid": userid }),
  };
  const network = { sourceIp: "203.0.113.7" };
  const request = { principal: principal.arn, credentials, network, action: "s3:GetObject", resource: "*" };
  return evaluate({ ...request, context }, graph).effect;
}

const ROLE: Credentials = { kind: "role-session" };
const SESSION: Credentials = { kind: "session-token", mfaAgeSeconds: 9 };
const KEY: Credentials = { kind: "long-term-key" };
const EARLIER = "2026-11-25T03:00:59Z";
const LATER = "2026-11-25T03:01:00Z";

describe("the policy of cut sessions, by decisions", () => {
  const nobody = sessionCutoffDocument([]);
  const everybody = sessionCutoffDocument([cut(undefined)]);
  const laptop = sessionCutoffDocument([cut("laptop")]);

  test.each([
    ["as it is made, a session that began at any time", nobody, SESSION, undefined, undefined, "Allowed"],
    ["as it is made, a role session", nobody, ROLE, undefined, undefined, "Allowed"],
    ["everybody's, a session from before", everybody, SESSION, EARLIER, undefined, "ExplicitlyDenied"],
    ["everybody's, a role session from before", everybody, ROLE, EARLIER, undefined, "ExplicitlyDenied"],
    ["everybody's, a session of that second", everybody, SESSION, LATER, undefined, "Allowed"],
    ["everybody's, a long-term key", everybody, KEY, undefined, undefined, "Allowed"],
    ["one user's, its own session", laptop, SESSION, EARLIER, "AIDAEXAMPLEEXAMPLE12", "ExplicitlyDenied"],
    ["one user's, another's session", laptop, SESSION, EARLIER, "AIDAANOTHERANOTHER12", "Allowed"],
    [
      "one user's, its role session",
      laptop,
      ROLE,
      EARLIER,
      "AROAEXAMPLE123456789:laptop",
      "ExplicitlyDenied",
    ],
    ["one user's, another's role session", laptop, ROLE, EARLIER, "AROAEXAMPLE123456789:home", "Allowed"],
    [
      "one user's, a name that ends alike",
      laptop,
      ROLE,
      EARLIER,
      "AROAEXAMPLE123456789:my-laptop",
      "Allowed",
    ],
    ["one user's, its later role session", laptop, ROLE, LATER, "AROAEXAMPLE123456789:laptop", "Allowed"],
    ["one user's, its long-term key", laptop, KEY, undefined, "AIDAEXAMPLEEXAMPLE12", "Allowed"],
  ] as const)("%s", (_what, document, credentials, began, userid, expected) => {
    const effect = answer(document, credentials, began, userid);
    expect(effect === "Allowed" ? "Allowed" : "ExplicitlyDenied").toBe(expected);
  });

  test("whether a session began before is not known where the question does not say", () => {
    expect(answer(everybody, SESSION)).toBe("Unknown");
  });

  test("alone it allows nothing", () => {
    for (const { Effect } of laptop.Statement) expect(Effect).toBe("Deny");
  });
});

describe("reading it", () => {
  const written = [cut(undefined), cut("laptop"), { userName: "octo.website", before: BEFORE }];

  test("gives back what was written, in whichever order IAM writes the keys", () => {
    const document = sessionCutoffDocument(written);
    const sorted = JSON.parse(
      JSON.stringify(document, (_key, value: unknown) =>
        typeof value === "object" && value !== null && !Array.isArray(value)
          ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
          : value,
      ),
    );
    expect(readSessionCutoff(sorted)).toEqual(written);
    expect(readSessionCutoff(sessionCutoffDocument([]))).toEqual([]);
  });

  const [first, second] = sessionCutoffDocument([cut("laptop")]).Statement;
  test.each([
    ["an Allow", [{ ...first, Effect: "Allow" }]],
    ["a further Allow", [first, second, { Effect: "Allow", Action: "*", Resource: "*" }]],
    ["one action alone", [{ ...first, Action: "s3:*" }]],
    [
      "all but something",
      [{ Effect: "Deny", NotAction: "s3:*", Resource: "*", Condition: first?.Condition }],
    ],
    ["one resource alone", [{ ...first, Resource: "arn:aws:s3:::x" }]],
    ["no condition", [{ Sid: "SessionsBefore", Effect: "Deny", Action: "*", Resource: "*" }]],
    ["a further condition", [{ ...first, Condition: { ...first?.Condition, Bool: { "aws:x": "true" } } }]],
    ["another operator", [{ ...first, Condition: { DateGreaterThan: { "aws:TokenIssueTime": EARLIER } } }]],
    ["no statement for all", [second]],
    ["another order", [second, first]],
    [
      "everybody as a user",
      [first, { ...second, Condition: { ...second?.Condition, StringLike: { "aws:userid": ["*"] } } }],
    ],
    [
      "a pattern as a user",
      [first, { ...second, Condition: { ...second?.Condition, StringLike: { "aws:userid": ["*:lap*"] } } }],
    ],
    [
      "a role's id",
      [
        first,
        {
          ...second,
          Condition: {
            ...second?.Condition,
            StringLike: { "aws:userid": ["*:laptop", "AROAEXAMPLE123456789"] },
          },
        },
      ],
    ],
    ["a moment that is none", [{ ...first, Condition: { DateLessThan: { "aws:TokenIssueTime": "soon" } } }]],
    ["nothing", []],
  ])("refuses %s", (_what, Statement) => {
    expect(
      readSessionCutoff({ Version: "2012-10-17", Statement } as unknown as PolicyDocument),
    ).toBeUndefined();
  });
});

describe("cutoffs", () => {
  test("a user has one, the later, with its id", () => {
    const early = {
      userName: "laptop",
      before: new Date("2026-11-25T02:00:00Z"),
      userId: "AIDAEXAMPLEEXAMPLE12",
    };
    expect(withCutoff([early], { userName: "laptop", before: BEFORE }, NOW)).toEqual([
      { ...early, before: BEFORE },
    ]);
    expect(withCutoff([cut("laptop")], early, NOW)).toEqual([cut("laptop")]);
  });

  test("what has ended by itself goes: 36 hours, to the second", () => {
    const at = (iso: string) => [{ userName: "home", before: new Date(iso) }];
    expect(withCutoff(at("2026-11-23T15:00:00Z"), cut("laptop"), NOW)).toEqual([cut("laptop")]);
    expect(withCutoff(at("2026-11-23T15:00:01Z"), cut("laptop"), NOW)).toHaveLength(2);
  });

  test("more users than fit are everybody, at the latest moment", () => {
    const users = Array.from({ length: MOST_USERS }, (_, index) => cut(`user-${index}`));
    expect(withCutoff(users.slice(1), cut("user-0"), NOW)).toHaveLength(MOST_USERS);
    expect(withCutoff(users, cut("one-more", new Date("2026-11-25T03:02:00Z")), NOW)).toEqual([
      { before: new Date("2026-11-25T03:02:00Z") },
    ]);
  });

  test("as many as fit stay below the quota of a managed policy, whatever their names", () => {
    const users = Array.from({ length: MOST_USERS }, (_, index) => cut(`${index}`.padStart(64, "n")));
    expect(countedCharacters(sessionCutoffDocument([cut(undefined), ...users]))).toBeLessThanOrEqual(6_144);
  });

  test("lifting takes one user's away and leaves the others'", () => {
    const all = [cut(undefined), cut("home"), cut("laptop")];
    expect(withoutCutoff(all, "laptop", NOW)).toEqual([cut(undefined), cut("home")]);
    expect(withoutCutoff(all, undefined, NOW)).toEqual([cut("home"), cut("laptop")]);
  });

  test("two writers' together deny what either denies", () => {
    expect(mergedCutoffs([cut("home")], [cut("laptop"), cut(undefined)], NOW)).toEqual([
      cut(undefined),
      cut("home"),
      cut("laptop"),
    ]);
  });
});
