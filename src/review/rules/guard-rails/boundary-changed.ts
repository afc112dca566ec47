import { defineRule } from "../../../findings/rule";
import type { AccessChange } from "../../../iam/comparison/access-change";
import { type Holder, subjectOf } from "../../principals/placed-policies";
import { shownName } from "../../principals/principal-names";
import type { Pair } from "../../principals/principal-pairs";
import type { Draft } from "../../review-finding";

export const BOUNDARY_CHANGED = defineRule({
  id: "boundary-changed",
  area: "review",
  title: "A principal gets another permissions boundary, whose content is not known",
  severities: ["high"],
  why: "A boundary that nobody can read here may allow everything, which is no boundary.",
  example: {
    before: 'permissions_boundary = "arn:aws:iam::111122223333:policy/fence"',
    after: 'permissions_boundary = "arn:aws:iam::111122223333:policy/made-elsewhere"',
  },
  remedy: "Show the boundary's document in the same plan, or review it where it is made.",
  reference: {
    title: "Permissions boundaries for IAM entities",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html",
  },
  since: "0.1.0",
});

export function boundaryChanged({ before, after }: Pair<Holder>, change: AccessChange): readonly Draft[] {
  const [old, current] = [before?.permissionsBoundary, after?.permissionsBoundary];
  if (after === undefined || old === undefined || current === undefined) return [];
  if (current.arn === old.arn || change.unbound.length > 0) return [];
  if (!("unknown" in current.document) && !("unknown" in old.document)) return [];
  return [
    {
      rule: BOUNDARY_CHANGED,
      severity: "high",
      category: "guard-rails",
      address: after.address,
      subjects: [subjectOf(after)],
      predicate: `gets another permissions boundary (${shownName(current.name)} for ${shownName(old.name)}), whose content is not known here`,
    },
  ];
}
