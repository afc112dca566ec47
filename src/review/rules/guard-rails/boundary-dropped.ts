import { defineRule } from "../../../findings/rule";
import { type Holder, subjectOf } from "../../principals/placed-policies";
import { shownName } from "../../principals/principal-names";
import type { Pair } from "../../principals/principal-pairs";
import type { Draft } from "../../review-finding";

export const BOUNDARY_DROPPED = defineRule({
  id: "boundary-dropped",
  area: "review",
  title: "A principal loses its permissions boundary",
  severities: ["high"],
  why: "Without a boundary every policy of the principal counts in full, also those that others write for it later. Who may create roles is often held to roles with a boundary, and trusts it.",
  example: {
    before: 'permissions_boundary = "arn:aws:iam::111122223333:policy/fence"',
    after: "permissions_boundary is gone",
  },
  remedy: "Keep the boundary: without it every policy counts in full.",
  reference: {
    title: "Permissions boundaries for IAM entities",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html",
  },
  since: "0.1.0",
});

export function boundaryDropped({ before, after }: Pair<Holder>): readonly Draft[] {
  const boundary = before?.permissionsBoundary;
  if (after === undefined || boundary === undefined || after.permissionsBoundary !== undefined) return [];
  return [
    {
      rule: BOUNDARY_DROPPED,
      severity: "high",
      category: "guard-rails",
      address: after.address,
      subjects: [subjectOf(after)],
      predicate: `loses its permissions boundary ${shownName(boundary.name)}`,
    },
  ];
}
