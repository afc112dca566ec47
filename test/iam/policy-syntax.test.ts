import { UNKNOWN_PART } from "../../src/iam/graph";
import type { Statement } from "../../src/iam/policy-document";
import { parsePolicyDocument } from "../../src/iam/policy-syntax";
import type { PolicyDocumentKind } from "../../src/iam/syntax/document-kind";
import { ACCOUNT } from "../builders/access-graph";
import {
  GITHUB,
  githubTrustStatement,
  guardPolicy,
  humanTrustStatement,
  selfServicePolicy,
} from "../builders/baseline-policies";

type Anything = Readonly<Record<string, unknown>>;

const identity: Anything = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
const trust: Anything = { Effect: "Allow", Principal: { AWS: ACCOUNT }, Action: "sts:AssumeRole" };

/** The problems of a document with this one statement. */
function problems(parts: Anything, kind: PolicyDocumentKind = "identity"): string[] {
  const statement = { ...(kind === "trust" ? trust : identity), ...parts };
  return problemsOf({ Version: "2012-10-17", Statement: [statement] }, kind);
}

function problemsOf(document: unknown, kind: PolicyDocumentKind = "identity"): string[] {
  const parsed = parsePolicyDocument(document, kind, "doc");
  return parsed.ok ? [] : parsed.problems.map(({ location }) => location);
}

describe("documents that IAM takes", () => {
  test.each([
    ["the guard", guardPolicy, "identity"],
    ["self-service", selfServicePolicy, "identity"],
    [
      "a human role's trust",
      { Version: "2012-10-17", Statement: [humanTrustStatement([`arn:aws:iam::${ACCOUNT}:user/x`])] },
      "trust",
    ],
    ["a GitHub trust", { Version: "2012-10-17", Statement: [githubTrustStatement()] }, "trust"],
    ["a boundary", { Version: "2012-10-17", Statement: [identity] }, "boundary"],
    ["an Id", { Version: "2012-10-17", Id: "x", Statement: [identity] }, "identity"],
  ] as const)("%s", (_what, document, kind) => {
    expect(parsePolicyDocument(JSON.stringify(document), kind, "doc")).toMatchObject({
      ok: true,
      document,
      warnings: [],
    });
  });

  test("a single statement becomes a list", () => {
    const parsed = parsePolicyDocument({ Version: "2012-10-17", Statement: identity }, "identity", "doc");
    expect(parsed).toMatchObject({ ok: true, document: { Statement: [identity] } });
  });

  test("booleans and numbers in conditions become texts", () => {
    const Condition = { Bool: { "aws:SecureTransport": false }, NumericLessThan: { "s3:max-keys": [10] } };
    const parsed = parsePolicyDocument(
      { Version: "2012-10-17", Statement: [{ ...identity, Condition }] },
      "identity",
      "doc",
    );
    expect(parsed).toMatchObject({
      document: {
        Statement: [
          {
            Condition: {
              Bool: { "aws:SecureTransport": "false" },
              NumericLessThan: { "s3:max-keys": ["10"] },
            },
          },
        ],
      },
    });
  });

  test("a document without a version is of 2008 and is warned of", () => {
    const parsed = parsePolicyDocument({ Statement: [identity] }, "identity", "doc");
    expect(parsed).toMatchObject({
      ok: true,
      document: { Version: "2008-10-17" },
      warnings: [{ location: "doc: Version" }],
    });
  });

  test.each<[string, Anything, PolicyDocumentKind]>([
    [
      "a name known only after apply",
      { Resource: `arn:aws:iam::${ACCOUNT}:role/a-${UNKNOWN_PART}` },
      "identity",
    ],
    ["an ARN known only after apply", { Resource: `${UNKNOWN_PART}/*` }, "identity"],
    ["a principal known only after apply", { Principal: { AWS: UNKNOWN_PART } }, "trust"],
    [
      "a network known only after apply",
      { Condition: { IpAddress: { "aws:SourceIp": UNKNOWN_PART } } },
      "identity",
    ],
    [
      "wildcards",
      { Action: ["s3:Get*", "*", "*:*", "iam:?etUser"], Resource: "arn:aws:s3:::a*/?" },
      "identity",
    ],
    ["a shortened ARN", { Resource: "arn:aws:sqs:*" }, "identity"],
    ["another partition", { Resource: "arn:aws-us-gov:s3:::x" }, "identity"],
    [
      "NotAction and NotResource",
      { Action: undefined, Resource: undefined, NotAction: "s3:*", NotResource: "*" },
      "identity",
    ],
    [
      "set operators",
      { Condition: { "ForAnyValue:StringLikeIfExists": { "aws:TagKeys": ["a*"] } } },
      "identity",
    ],
    [
      "variables",
      { Condition: { StringLike: { "s3:prefix": "${aws:username}/${*}/${aws:PrincipalTag/T, 'x'}" } } },
      "identity",
    ],
    ["a service", { Principal: { Service: ["ec2.amazonaws.com", "lambda.amazonaws.com"] } }, "trust"],
    ["everyone", { Principal: "*" }, "trust"],
    ["a session", { Principal: { AWS: `arn:aws:sts::${ACCOUNT}:assumed-role/a/b` } }, "trust"],
    [
      "a SAML provider",
      {
        Principal: { Federated: `arn:aws:iam::${ACCOUNT}:saml-provider/x` },
        Action: "sts:AssumeRoleWithSAML",
      },
      "trust",
    ],
    ["session tags", { Action: ["sts:AssumeRole", "sts:TagSession"] }, "trust"],
  ])("%s", (_what, parts, kind) => {
    expect(problems(parts, kind)).toEqual([]);
  });
});

describe("refuses a document", () => {
  test.each<[string, unknown, readonly string[]]>([
    ["that is no JSON", '{"Version":', ["doc"]],
    ["that is a list", [], ["doc"]],
    ["that is nothing", undefined, ["doc"]],
    ["without statements", { Version: "2012-10-17" }, ["doc: Statement"]],
    ["with an empty list", { Version: "2012-10-17", Statement: [] }, ["doc: Statement"]],
    ["of a version that does not exist", { Version: "2012-10-18", Statement: [identity] }, ["doc: Version"]],
    [
      "with an unknown element",
      { Version: "2012-10-17", Statement: [identity], Statements: [] },
      ["doc: Statements"],
    ],
    ["with an Id that is no text", { Version: "2012-10-17", Id: 1, Statement: [identity] }, ["doc: Id"]],
    [
      "with a statement that is no object",
      { Version: "2012-10-17", Statement: ["x"] },
      ["doc: Statement[0]"],
    ],
    [
      "with a Sid twice",
      {
        Version: "2012-10-17",
        Statement: [
          { ...identity, Sid: "A" },
          { ...identity, Sid: "A" },
        ],
      },
      ["doc: Statement[1].Sid"],
    ],
    [
      "with a key twice",
      '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Effect":"Allow","Action":"*","Resource":"*"}]}',
      ["doc: Statement[0].Effect"],
    ],
    [
      "with a condition key twice",
      '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":["a:b","c:d"],"Resource":"*","Condition":{"Bool":{"aws:x":"true","aws:x":"false"}}}]}',
      ["doc: Statement[0].Condition.Bool.aws:x"],
    ],
  ])("%s", (_what, document, expected) => {
    expect(problemsOf(document)).toEqual(expected);
  });

  test("and tells all that is wrong with it", () => {
    expect(problems({ Effect: "allow", Action: "GetObject", Resource: "bucket" })).toHaveLength(3);
  });

  test("in words that say where, what was expected, what is there and what to do", () => {
    const parsed = parsePolicyDocument(
      { Version: "2012-10-17", Statement: [{ ...identity, Condition: { StringEqual: {} } }] },
      "identity",
      "aws_iam_policy.x.policy",
    );
    expect(parsed).toEqual({
      ok: false,
      problems: [
        {
          code: "policy-condition-invalid",
          location: "aws_iam_policy.x.policy: Statement[0].Condition.StringEqual",
          expected: "a condition operator of IAM",
          got: '"StringEqual"',
          remedy: "write StringEquals",
        },
      ],
    });
  });
});

describe("refuses a statement", () => {
  test.each<[string, Anything, string]>([
    ["without an effect", { Effect: undefined }, ".Effect"],
    ["whose effect is in another case", { Effect: "deny" }, ".Effect"],
    ["with an unknown element", { Resources: "*" }, ".Resources"],
    ["with an element in another case", { condition: {} }, ".condition"],
    ["with both Action and NotAction", { NotAction: "s3:*" }, ""],
    ["without an action", { Action: undefined }, ""],
    ["with no actions in its list", { Action: [] }, ".Action"],
    ["with both Resource and NotResource", { NotResource: "*" }, ""],
    ["without a resource", { Resource: undefined }, ""],
    ["with no resources in its list", { Resource: [] }, ".Resource"],
    ["with a principal", { Principal: "*" }, ".Principal"],
    ["with NotPrincipal", { NotPrincipal: { AWS: ACCOUNT } }, ".NotPrincipal"],
    ["whose Sid has a blank", { Sid: "Deny all" }, ".Sid"],
    ["whose Sid is a number", { Sid: 1 }, ".Sid"],
    ["with an action without a service", { Action: ["s3:*", "GetObject"] }, ".Action[1]"],
    ["with an action of two colons", { Action: "s3:Get:Object" }, ".Action"],
    ["with a wildcard in the service", { Action: "s*:Get" }, ".Action"],
    ["with a blank in the action", { Action: "s3:Get Object" }, ".Action"],
    ["with an action that is no text", { Action: [1] }, ".Action[0]"],
    ["with a resource that is no ARN", { Resource: "bucket/*" }, ".Resource"],
    ["with an ARN of a partition that does not exist", { Resource: "arn:amazon:s3:::x" }, ".Resource"],
    ["with an ARN that ends after the partition", { Resource: "arn:aws:*" }, ".Resource"],
    ["with an ARN of five parts", { Resource: "arn:aws:s3::x" }, ".Resource"],
    ["with an IAM ARN in a region", { Resource: `arn:aws:iam:us-east-1:${ACCOUNT}:user/x` }, ".Resource"],
    ["with an IAM ARN of no kind", { Resource: `arn:aws:iam::${ACCOUNT}:users/x` }, ".Resource"],
    ["with a variable that does not end", { Resource: "arn:aws:s3:::x/${aws:username" }, ".Resource"],
    ["with a character that is not Latin-1", { Sid: "日本" }, ".Sid"],
    ["with a list of conditions", { Condition: [] }, ".Condition"],
    ["with an operator of no keys", { Condition: { Bool: "true" } }, ".Condition.Bool"],
    [
      "with a condition key without a service",
      { Condition: { Bool: { MFA: "true" } } },
      ".Condition.Bool.MFA",
    ],
    [
      "with a condition value that is an object",
      { Condition: { Bool: { "aws:x": {} } } },
      ".Condition.Bool.aws:x",
    ],
    [
      "with Null and IfExists",
      { Condition: { NullIfExists: { "aws:x": "true" } } },
      ".Condition.NullIfExists",
    ],
    [
      "with a set of unknown kind",
      { Condition: { "ForSomeValues:StringLike": {} } },
      ".Condition.ForSomeValues:StringLike",
    ],
    [
      "with a range that is none",
      { Condition: { IpAddress: { "aws:SourceIp": ["203.0.113.0/24", "10.0.0.0/33"] } } },
      ".Condition.IpAddress.aws:SourceIp[1]",
    ],
    [
      "with a number that is none",
      { Condition: { NumericEquals: { "aws:x": "ten" } } },
      ".Condition.NumericEquals.aws:x",
    ],
    [
      "with a date that is none",
      { Condition: { DateLessThan: { "aws:x": "2026-13-01" } } },
      ".Condition.DateLessThan.aws:x",
    ],
    [
      "with a boolean that is none",
      { Condition: { BoolIfExists: { "aws:x": "no" } } },
      ".Condition.BoolIfExists.aws:x",
    ],
    [
      "with Null of neither true nor false",
      { Condition: { Null: { "aws:x": "maybe" } } },
      ".Condition.Null.aws:x",
    ],
    [
      "with a condition key in two cases",
      { Condition: { Bool: { "aws:x": "true", "AWS:X": "false" } } },
      ".Condition.Bool.AWS:X",
    ],
  ])("%s", (_what, parts, place) => {
    expect(problems(parts)).toContain(`doc: Statement[0]${place}`);
  });
});

describe("refuses a trust statement", () => {
  test.each<[string, Anything, string]>([
    ["without a principal", { Principal: undefined }, ""],
    ["with a resource", { Resource: "*" }, ".Resource"],
    ["with NotPrincipal", { Principal: undefined, NotPrincipal: { AWS: ACCOUNT } }, ".NotPrincipal"],
    ["with an action of another service", { Action: "s3:GetObject" }, ".Action"],
    ["whose principal is an ARN alone", { Principal: `arn:aws:iam::${ACCOUNT}:user/x` }, ".Principal"],
    ["whose principal is of no kind", { Principal: { Amazon: "*" } }, ".Principal.Amazon"],
    ["with a canonical user of S3", { Principal: { CanonicalUser: "79a5" } }, ".Principal.CanonicalUser"],
    ["with an empty principal", { Principal: {} }, ".Principal"],
    ["with an empty list of principals", { Principal: { AWS: [] } }, ".Principal.AWS"],
    [
      "with a wildcard in a principal",
      { Principal: { AWS: `arn:aws:iam::${ACCOUNT}:user/*` } },
      ".Principal.AWS",
    ],
    ["with an account of 11 digits", { Principal: { AWS: "11112222333" } }, ".Principal.AWS"],
    [
      "with a group as principal",
      { Principal: { AWS: `arn:aws:iam::${ACCOUNT}:group/x` } },
      ".Principal.AWS",
    ],
    ["with a service that is a word", { Principal: { Service: "lambda" } }, ".Principal.Service"],
    ["with a provider that is none", { Principal: { Federated: "*" } }, ".Principal.Federated"],
  ])("%s", (_what, parts, place) => {
    expect(problems(parts, "trust")).toContain(`doc: Statement[0]${place}`);
  });

  test.each<[string, NonNullable<Statement["Condition"]>]>([
    ["without a condition", {}],
    ["on the repository id alone", { StringEquals: { [`${GITHUB}:repository_id`]: "1" } }],
    ["on any subject", { StringLike: { [`${GITHUB}:sub`]: "*" } }],
    ["on a subject of blanks", { StringLike: { [`${GITHUB}:sub`]: " " } }],
    ["on a subject that may be missing", { StringLikeIfExists: { [`${GITHUB}:sub`]: "repo:o/r:*" } }],
    ["on what the subject is not", { StringNotEquals: { [`${GITHUB}:sub`]: "repo:o/r:x" } }],
  ])("in GitHub %s, which IAM does not store", (_what, Condition) => {
    expect(problems({ ...githubTrustStatement({ Condition }) }, "trust")).not.toEqual([]);
  });
});

describe("warns of", () => {
  const warnings = (parts: Anything) => {
    const parsed = parsePolicyDocument(
      { Version: "2012-10-17", Statement: [{ ...trust, ...parts }] },
      "trust",
      "doc",
    );
    return parsed.ok ? parsed.warnings.map(({ location }) => location) : [];
  };
  test("a principal that was deleted", () => {
    expect(warnings({ Principal: { AWS: "AIDAEXAMPLEEXAMPLEEXA" } })).toEqual([
      "doc: Statement[0].Principal.AWS",
    ]);
  });
});
