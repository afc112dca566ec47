import { defineRefusal } from "../../findings/refusal";
import { actionMatches } from "../evaluation/action-match";
import { parseConditionOperator } from "../evaluation/condition-operators";
import { UNKNOWN_PART } from "../graph";
import { type ConditionBlock, listOf, type Statement } from "../policy-document";
import type { Place } from "./findings";

export const GITHUB_TRUST_OPEN = defineRefusal({
  code: "github-trust-open",
  title: "A role trusts GitHub's provider without naming a repository",
  why: "Every repository of the world gets tokens from that provider. IAM stores no trust that does not compare the subject or the workflow.",
  example:
    "aws_iam_role.daily.assume_role_policy: Statement[0]: a condition on the subject of GitHub's token, got nothing; compare token.actions.githubusercontent.com:sub with the repository, such as repo:owner/name:environment:prod [github-trust-open]",
  remedy:
    "Compare `token.actions.githubusercontent.com:sub` with the repository, such as `repo:owner/name:environment:prod`.",
  since: "0.1.0",
});

const GITHUB = "token.actions.githubusercontent.com";
const CLAIMS: ReadonlySet<string> = new Set([`${GITHUB}:sub`, `${GITHUB}:job_workflow_ref`]);

/**
 * IAM stores no trust in GitHub's provider that every repository of the world could use: the subject or the
 * workflow must be compared, and not with a value that begins with a wildcard.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html
 */
export function checkGithubTrust(statement: Statement, place: Place): void {
  if (statement.Effect !== "Allow" || typeof statement.Principal !== "object") return;
  const providers = listOf(statement.Principal["Federated"]);
  if (!providers.some((provider) => provider.endsWith(`/${GITHUB}`))) return;
  if (!listOf(statement.Action).some((action) => actionMatches(action, "sts:AssumeRoleWithWebIdentity")))
    return;
  const values = comparedValues(statement.Condition ?? {});
  const remedy = `compare ${GITHUB}:sub with the repository, such as repo:owner/name:environment:prod`;
  if (values === undefined) {
    place.problem(
      GITHUB_TRUST_OPEN,
      "a condition on the subject of GitHub's token",
      statement.Condition,
      remedy,
    );
    return;
  }
  const open = values.find((value) => value.trim() === "" || value.startsWith("*"));
  if (open !== undefined)
    place.problem(GITHUB_TRUST_OPEN, "a subject that does not begin with a wildcard", open, remedy);
}

/** The values that sub or job_workflow_ref must have; nothing when neither is compared. */
function comparedValues(block: ConditionBlock): readonly string[] | undefined {
  let found: string[] | undefined;
  for (const [written, keys] of Object.entries(block)) {
    const operator = parseConditionOperator(written);
    if (operator?.comparison.type !== "string" || operator.negated || operator.ifExists) continue;
    for (const [key, values] of Object.entries(keys)) {
      if (!CLAIMS.has(key.toLowerCase()) && !key.includes(UNKNOWN_PART)) continue;
      found = [...(found ?? []), ...listOf(values)];
    }
  }
  return found;
}
