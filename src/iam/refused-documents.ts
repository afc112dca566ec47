import { formatViolation, type Violation } from "../findings/violation";
import type { AccessGraph, Policy } from "./graph";
import { parsePolicyDocument } from "./policy-syntax";
import type { PolicyDocumentKind } from "./syntax/document-kind";

/**
 * The documents of a graph that IAM would refuse, each with the place of what is wrong. A graph is read leniently; who
 * judges one asks this first, because a refused document never comes into force and must not be taken for one that
 * allows or denies nothing.
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

/** A source holds documents that IAM would refuse: nothing can be said of what they would allow. */
export class RefusedDocumentsError extends Error {
  override readonly name = "RefusedDocumentsError";
  constructor(readonly problems: readonly Violation[]) {
    super(
      `IAM would refuse these policies:\n${problems.map((problem) => `  ${formatViolation(problem)}`).join("\n")}`,
    );
  }
}

/** @throws RefusedDocumentsError where IAM would refuse a document of the graph */
export function requireAcceptedDocuments(graph: AccessGraph): AccessGraph {
  const problems = refusedDocuments(graph);
  if (problems.length > 0) throw new RefusedDocumentsError(problems);
  return graph;
}
