import type { Uncovered } from "../../../iam/comparison/coverage";
import type { Atom } from "../../../iam/comparison/remainder";
import type { Statement } from "../../../iam/policy-document";
import { principalWords } from "../../principals/principal-names";
import type { Draft } from "../../review-finding";
import { nearestStatement, statementDiff } from "../../statement-diff";
import { isNewlyAssuming, wasNamed, wasReachedByRoot, wasReachedOtherwise } from "./earlier-reach";
import { roleGained } from "./role-gained";
import { trustActionGained } from "./trust-action-gained";
import { trustConditionLost } from "./trust-condition-lost";
import type { TrustContext } from "./trust-settings";

/** What a trust policy lets in that it did not: who could not assume the role, on which conditions, or with what. */
export function trustGains(difference: Uncovered, context: TrustContext): readonly Draft[] {
  const evidence = statementDiff(
    difference.but?.grant.statement ?? earlierStatement(difference, context),
    difference.grant.statement,
  );
  const assuming = difference.atoms.filter((atom) => isNewlyAssuming(atom, context.before));
  const beside = difference.atoms.filter((atom) => !assuming.includes(atom));
  const atoms = assuming.filter(
    (atom) =>
      !wasReachedByRoot(atom, context) && !wasNamed(atom, context) && !wasReachedOtherwise(atom, context),
  );
  return [
    ...(beside.length === 0 ? [] : [trustActionGained(beside, context, evidence)]),
    ...(atoms.length === 0 ? [] : [gainDraft({ difference, atoms, evidence, context })]),
  ];
}

interface TrustDifference {
  readonly difference: Uncovered;
  readonly atoms: readonly Atom[];
  readonly evidence: readonly string[];
  readonly context: TrustContext;
}

function gainDraft({ difference, atoms, evidence, context }: TrustDifference): Draft {
  const patterns = [...new Set(atoms.flatMap(({ principals }) => principals.patterns))];
  const isNegated = atoms.some(({ principals }) => principals.negated);
  const names = patterns.map((text) => principalWords(text, context.settings.after));
  const gain = {
    difference,
    patterns,
    isNegated,
    context,
    base: {
      address: context.after.address,
      subjects: isNegated ? [`everybody but ${names.join(", ")}`] : names,
      evidence,
    },
  };
  return difference.but === undefined ? roleGained(gain) : trustConditionLost(gain, difference.but);
}

function earlierStatement(difference: Uncovered, { before, after }: TrustContext): Statement | undefined {
  const [old, current] = [before?.trust.document, after.trust.document];
  if (old === undefined || "unknown" in old || "unknown" in current) return undefined;
  return nearestStatement(difference.grant.statement, old.Statement, current.Statement);
}
