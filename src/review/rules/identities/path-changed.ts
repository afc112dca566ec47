import { defineRule } from "../../../findings/rule";
import type { Role, User } from "../../../iam/graph";
import type { Pair } from "../../principals/principal-pairs";
import type { Draft } from "../../review-finding";
import { aboutIdentity } from "./identity-sides";

export const PATH_CHANGED = defineRule({
  id: "path-changed",
  area: "review",
  title: "A user or role moves to another IAM path",
  severities: ["medium"],
  why: "Paths say what a principal is: policies, key rules and guards address users by path, and miss whoever leaves it. A role is replaced, because its ARN changes.",
  example: { before: 'path = "/baseline/device/"', after: 'path = "/people/"' },
  remedy: "Keep the path, or change every policy and key rule that names it in the same change.",
  reference: {
    title: "IAM identifiers: friendly names and paths",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-friendly-names",
  },
  since: "0.1.0",
});

export function pathChanged({ before, after }: Pair<User | Role>): readonly Draft[] {
  if (before === undefined || after === undefined || before.path === after.path) return [];
  const consequence =
    after.kind === "user"
      ? "policies and key rules address users by path"
      : "it is replaced, and policies that name the path miss it";
  return [
    {
      ...aboutIdentity(after),
      rule: PATH_CHANGED,
      severity: "medium",
      category: "identities",
      predicate: `moves from path ${before.path} to ${after.path}: ${consequence}`,
      evidence: [`- path: ${before.path}`, `+ path: ${after.path}`],
    },
  ];
}
