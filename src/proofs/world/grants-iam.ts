import { compileDocument } from "../../iam/evaluation/statement-match";
import type { Policy } from "../../iam/graph";

/** Whether any Allow could reach the decisive actions: asked first, because it costs nothing. */
export function grantsIam(policies: readonly Pick<Policy, "document">[]): boolean {
  return policies.some(
    ({ document }) =>
      "unknown" in document ||
      compileDocument(document).some(
        ({ statement, actions }) =>
          statement.Effect === "Allow" && actions.set.covers("iam:putrolepolicy") !== actions.negated,
      ),
  );
}
