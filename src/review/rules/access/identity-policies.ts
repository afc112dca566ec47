import { isUnchanged } from "../../../iam/comparison/access-change";
import { type Holder, placedPolicies, subjectOf } from "../../principals/placed-policies";
import type { Pair } from "../../principals/principal-pairs";
import type { Draft } from "../../review-finding";
import { boundaryChanged } from "../guard-rails/boundary-changed";
import { boundaryDropped } from "../guard-rails/boundary-dropped";
import { boundaryWidened } from "../guard-rails/boundary-widened";
import { undenied } from "../guard-rails/undenied";
import { accessLost, unknownPolicyLost } from "./access-lost";
import type { ChangeMemo } from "./change-memo";
import { gains } from "./gains";
import { hygienePermissionLost } from "./hygiene-permission-lost";
import type { PolicyContext } from "./policy-context";
import { policyUnknown } from "./policy-unknown";

export interface IdentityPolicySettings {
  readonly memo: ChangeMemo;
  /** ARNs and addresses of roles that run the functions of the hygiene stack: less access for them is a finding. */
  readonly hygieneRoles: ReadonlySet<string>;
}

/** What a principal may do by its policies, within its boundary: more, less, or on other conditions. */
export function identityPolicyDrafts(
  pair: Pair<Holder>,
  { memo, hygieneRoles }: IdentityPolicySettings,
): readonly Draft[] {
  const { before, after } = pair;
  if (after === undefined) return [];
  const context: PolicyContext = {
    principal: after,
    subject: subjectOf(after),
    before: placedPolicies(before),
    after: placedPolicies(after),
  };
  const change = memo.compare(context.before, context.after, [
    before?.permissionsBoundary,
    after.permissionsBoundary,
  ]);
  const isHygiene = hygieneRoles.has(after.arn) || hygieneRoles.has(after.address);
  const lost = isHygiene ? hygienePermissionLost : accessLost;
  const losses = [...change.lost, ...(before === undefined ? [] : change.denied)];
  return [
    ...boundaryDropped(pair),
    ...boundaryChanged(pair, change),
    ...policyUnknown(before, after),
    ...unknownPolicyLost(before, after),
    ...(isUnchanged(change)
      ? []
      : [
          ...gains(change.gained, context),
          ...change.undenied.map((difference) => undenied(difference, context)),
          ...change.unbound.map((difference) => boundaryWidened(difference, context)),
          ...losses.map((difference) => lost(difference, context)),
        ]),
  ];
}
