import type { PolicyDocument } from "../../../src/iam/policy-document";
import { parsePolicyDocument } from "../../../src/iam/policy-syntax";
import { requireAcceptedDocuments } from "../../../src/iam/refused-documents";
import type { PolicyDocumentKind } from "../../../src/iam/syntax/document-kind";
import { accessGraph, attached, role } from "../../builders/access-graph";
import { firstLine, printed, type Raised } from "./raise";

const allowed = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
const assumed = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: "111122223333" } };

function said(json: unknown, kind: PolicyDocumentKind = "identity"): string {
  const location =
    kind === "trust" ? "aws_iam_role.daily.assume_role_policy" : "aws_iam_policy.uploads.policy";
  const parsed = parsePolicyDocument(json, kind, location);
  return parsed.ok ? "" : firstLine(parsed.problems);
}

const of = (...statements: readonly unknown[]) => ({ Version: "2012-10-17", Statement: statements });

const carried = attached(of({ ...allowed, Effect: "Permit" }) as unknown as PolicyDocument, {
  name: "uploads",
});
const trusting = attached(of(assumed) as unknown as PolicyDocument, { kind: "trust", name: "trust" });
const refusedGraph = accessGraph({ roles: [role({ policies: [carried], trust: trusting })] });

/** What IAM would refuse in a policy document, by code. */
export const RAISED_BY_DOCUMENTS: Readonly<Record<string, Raised>> = {
  "policy-element-invalid": () => said(of({ ...allowed, Principal: "*" })),
  "sid-repeated": () => said(of({ Sid: "Read", ...allowed }, { Sid: "Read", ...allowed })),
  "policy-json-invalid": () => said('{"Version": "2012-10-17", "Version": "2012-10-17", "Statement": []}'),
  "policy-character-invalid": () => said(of({ ...allowed, Resource: "arn:aws:s3:::octo–website/*" })),
  "policy-action-invalid": () => said(of({ ...allowed, Action: "GetObject" })),
  "policy-resource-invalid": () => said(of({ ...allowed, Resource: "octo-website" })),
  "policy-variable-invalid": () =>
    said(of({ ...allowed, Resource: "arn:aws:s3:::octo-website/${aws:username/*" })),
  "policy-principal-invalid": () =>
    said(of({ ...assumed, Principal: { AWS: "arn:aws:iam::111122223333:user/*" } }), "trust"),
  "policy-condition-invalid": () => said(of({ ...allowed, Condition: { StringEqual: {} } })),
  "github-trust-open": () =>
    said(
      of({
        Effect: "Allow",
        Action: "sts:AssumeRoleWithWebIdentity",
        Principal: {
          Federated: "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com",
        },
      }),
      "trust",
    ),
  "policies-refused": () => printed(() => requireAcceptedDocuments(refusedGraph)),
};
