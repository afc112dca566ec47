import { accessChange } from "../../../iam/comparison/access-change";
import type { Role } from "../../../iam/graph";
import type { PolicyDocument } from "../../../iam/policy-document";
import type { Pair } from "../../principals/principal-pairs";
import type { Draft } from "../../review-finding";
import { trustUnknown } from "../access/policy-unknown";
import { isReachedByRoot } from "./earlier-reach";
import { trustGains } from "./trust-gains";
import { trustLost } from "./trust-losses";
import type { TrustSettings } from "./trust-settings";
import { trustUndenied } from "./trust-undenied";

const NOTHING: PolicyDocument = { Version: "2012-10-17", Statement: [] };

/** Who may assume a role, and on which conditions. */
export function roleTrustDrafts({ before, after }: Pair<Role>, settings: TrustSettings): readonly Draft[] {
  if (after === undefined) return [];
  const { document } = after.trust;
  if ("unknown" in document) return trustUnknown(before, after, document.reason);
  const old = before === undefined || "unknown" in before.trust.document ? NOTHING : before.trust.document;
  const change = accessChange({ identity: [old] }, { identity: [document] });
  return [
    ...change.gained.flatMap((difference) => trustGains(difference, { before, after, settings })),
    ...change.undenied.map((difference) => trustUndenied(difference, { before, after, settings })),
    ...change.lost.flatMap((difference) => {
      const context = { before, after, settings };
      const atoms = difference.atoms.filter((atom) => !isReachedByRoot(atom, context));
      return atoms.length === 0 ? [] : [trustLost({ ...difference, atoms }, context)];
    }),
  ];
}
