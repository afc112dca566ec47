import { defineRefusal, Refusal } from "../findings/refusal";
import { formatViolations, type Violation } from "../findings/violation";
import type { AccessGraph, Policy } from "./graph";
import { parsePolicyDocument } from "./policy-syntax";
import type { PolicyDocumentKind } from "./syntax/document-kind";

export const POLICIES_REFUSED = defineRefusal({
  code: "policies-refused",
  title: "A source holds policy documents that IAM would refuse",
  why: "A refused document never comes into force: it must not be taken for one that allows or denies nothing.",
  example:
    'error[policies-refused]: IAM would refuse these policies:\n  aws_iam_policy.uploads: Statement[0].Effect: "Allow" or "Deny", got "Permit"; state the effect [policy-element-invalid]',
  remedy: "Correct each line that is listed; `baseline explain` tells about its code.",
  since: "0.1.0",
});

/**
 * The documents of a graph that IAM would refuse, each with the place of what is wrong. A graph is read leniently; who
 * judges one asks this first, because a refused document never comes into force and must not be taken for one that
 * allows or denies nothing.
 *
 * @example
 * ```ts
 * import { accessGraph, policyDocument, refusedDocuments } from "iam-baseline/iam";
 *
 * const graph = accessGraph({
 *   users: [{ name: "anna", policies: [policyDocument({ Effect: "Allow", Action: "s3", Resource: "*" })] }],
 * });
 * refusedDocuments(graph).map(({ code }) => code); // ["policy-action-invalid"]
 * ```
 */
export function refusedDocuments({
  users,
  groups,
  roles,
  managedPolicies,
}: AccessGraph): readonly Violation[] {
  const asked = new Set<unknown>();
  const problems = (policy: Policy, kind: PolicyDocumentKind): readonly Violation[] => {
    // AWS's own policies are in force already; what is not known yet cannot be judged
    if (policy.kind === "aws-managed" || "unknown" in policy.document || asked.has(policy.document))
      return [];
    asked.add(policy.document);
    const parsed = parsePolicyDocument(policy.document, kind, policy.address || policy.arn || policy.name);
    return parsed.ok ? [] : parsed.problems;
  };
  return [
    ...managedPolicies.flatMap((policy) => problems(policy, "identity")),
    ...[...users, ...groups, ...roles].flatMap(({ policies }) =>
      policies.flatMap((policy) => problems(policy, "identity")),
    ),
    ...roles.flatMap(({ trust }) => problems(trust, "trust")),
  ];
}

/**
 * A source holds documents that IAM would refuse: nothing can be said of what they would allow.
 *
 * @example
 * ```ts
 * import { accessGraph, policyDocument, RefusedDocumentsError, requireAcceptedDocuments } from "iam-baseline/iam";
 *
 * const open = policyDocument({ Effect: "Allow", Action: "s3", Resource: "*" });
 * let problems = 0;
 * try {
 *   requireAcceptedDocuments(accessGraph({ users: [{ name: "anna", policies: [open] }] }));
 * } catch (error) {
 *   if (error instanceof RefusedDocumentsError) problems = error.problems.length;
 * }
 * problems; // 1
 * ```
 */
export class RefusedDocumentsError extends Refusal {
  override readonly name = "RefusedDocumentsError";
  constructor(readonly problems: readonly Violation[]) {
    super(POLICIES_REFUSED, `IAM would refuse these policies:\n${formatViolations(problems)}`);
  }
}

/**
 * @throws RefusedDocumentsError where IAM would refuse a document of the graph
 *
 * @example
 * ```ts
 * import { accessGraph, requireAcceptedDocuments } from "iam-baseline/iam";
 *
 * requireAcceptedDocuments(accessGraph({ users: [{ name: "anna" }] })).users.length; // 1
 * ```
 */
export function requireAcceptedDocuments(graph: AccessGraph): AccessGraph {
  const problems = refusedDocuments(graph);
  if (problems.length > 0) throw new RefusedDocumentsError(problems);
  return graph;
}
