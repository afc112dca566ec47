import fc from "fast-check";
import { type PolicyDocument, policyDocument, type Statement } from "../../src/iam/policy-document";
import { countedCharacters, minified } from "../../src/policies/minified";
import { shuffled } from "../support/shuffled";

const statement: Statement = {
  Sid: "One",
  Effect: "Deny",
  Action: ["s3:PutObject", "s3:GetObject"],
  Resource: "*",
  Condition: {
    StringEquals: { "aws:SourceVpc": ["vpc-1"], "aws:PrincipalTag/x": "y" },
    BoolIfExists: { "aws:ViaAWSService": "false" },
  },
};

describe("a minified policy", () => {
  test("holds every part of the document, and no white space of its own", () => {
    expect(minified(policyDocument(statement))).toBe(
      '{"Version":"2012-10-17","Statement":[{"Sid":"One","Effect":"Deny","Action":["s3:PutObject","s3:GetObject"],"Resource":"*","Condition":{"BoolIfExists":{"aws:ViaAWSService":"false"},"StringEquals":{"aws:PrincipalTag/x":"y","aws:SourceVpc":"vpc-1"}}}]}',
    );
  });

  test.each(["Principal", "NotPrincipal", "NotAction", "NotResource"] as const)("keeps %s", (part) => {
    const value = part.endsWith("Principal") ? { AWS: ["a", "b"] } : ["a", "b"];
    const document = policyDocument({ Effect: "Allow", [part]: value });
    expect(JSON.parse(minified(document)).Statement).toEqual([{ Effect: "Allow", [part]: value }]);
  });

  test("is one text, whatever the order of the keys", () => {
    const text = minified(policyDocument(statement));
    fc.assert(
      fc.property(shuffled(policyDocument(statement)), (document) => {
        expect(minified(document as PolicyDocument)).toBe(text);
      }),
    );
  });

  test("counts everything but white space", () => {
    const blanks: Statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "a b\tc\n" };
    const none: Statement = { ...blanks, Resource: "abc" };
    // a tab and a line break are written as \t and \n, which are characters
    expect(countedCharacters(policyDocument(blanks))).toBe(minified(policyDocument(none)).length + 4);
  });
});
