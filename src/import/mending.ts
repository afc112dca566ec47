import type { Acceptance } from "../findings/acceptance";
import { type BrokenProof, findingOf } from "../proofs/world/proof";

/** One thing to change, and what it mends. */
export interface MendingStep {
  /** From 1, in the order in which they are worth doing. */
  readonly order: number;
  readonly subject: string;
  /** Id of the proof. */
  readonly proof: string;
  /** Every finding that it ends, `proof` or `proof/method`. */
  readonly findings: readonly string[];
  /** What is so and must not be: the worst of it. */
  readonly broken: string;
  /** How much more of the same there is. */
  readonly more: number;
  readonly step: string;
}

/**
 * How bad a broken proof of an account is, worst first: who comes to administrator rights, who lets in strangers, what is
 * open without MFA; then what only keeps people from working as the baseline means it.
 */
const ORDER: readonly string[] = [
  "administrator-paths",
  "no-privilege-escalation",
  "roles-are-assumed-as-declared",
  "pull-requests-only-read",
  "ci-stays-in-ci",
  "users-act-on-themselves",
  "passed-roles-are-known",
  "machinery-is-untouched",
  "cutoff-only-denies",
  "users-need-mfa",
  "users-stay-in-networks",
  "users-only-self-service",
  "users-are-declared",
  "policy-is-known",
  "roles-carry-no-user-policies",
  "recovery-works",
  "people-can-work",
];

/** What has no place in the order yet comes first: nobody has said that it can wait. */
const rank = (proof: string) => ORDER.indexOf(proof);

/**
 * What an account breaks, as the smallest steps that mend it: one for each proof and subject, because one change (a
 * policy that is detached, a condition that is added) ends every counterexample of the two.
 */
export function mendingSteps(broken: readonly BrokenProof[]): readonly MendingStep[] {
  const groups = new Map<string, BrokenProof[]>();
  for (const proof of broken) {
    const key = `${proof.proof} ${proof.subject}`;
    groups.set(key, [...(groups.get(key) ?? []), proof]);
  }
  return [...groups.values()]
    .flatMap((group) => {
      const [first] = group;
      return first === undefined ? [] : [{ first, group }];
    })
    .sort(
      (left, right) =>
        rank(left.first.proof) - rank(right.first.proof) ||
        right.group.length - left.group.length ||
        (left.first.subject < right.first.subject ? -1 : 1),
    )
    .map(({ first, group }, index) => ({
      order: index + 1,
      subject: first.subject,
      proof: first.proof,
      findings: [...new Set(group.map(findingOf))].sort(),
      broken: first.message,
      more: group.length - 1,
      step: stepOf(first, group),
    }));
}

/** The remedy in the words of an account that has no environment yet. */
function stepOf({ proof, subject, remedy }: BrokenProof, group: readonly BrokenProof[]): string {
  switch (proof) {
    case "users-are-declared": {
      const policies = group.flatMap(({ message }) => / holds policy (\S+) itself/.exec(message)?.[1] ?? []);
      return policies.length === 0
        ? remedy
        : `detach ${policies.join(", ")} from ${subject}: give them to a role that it assumes with MFA`;
    }
    case "users-need-mfa":
    case "users-stay-in-networks":
      return `make ${subject} a device (\`devices\`) or put it into a developer group: its guard denies this`;
    case "people-can-work":
      return `put ${subject} into a developer group: self-service comes with it`;
    case "no-privilege-escalation":
      return group.length === 1 ? remedy : limited(subject, group);
    default:
      return remedy;
  }
}

const SHOWN = 3;

/** Many ways up of one principal come from the few policies that allow them. */
function limited(subject: string, group: readonly BrokenProof[]): string {
  const policies = group.flatMap(({ counterexample }) =>
    (counterexample?.through ?? [])
      .filter(({ statement, policyKind }) => statement.Effect === "Allow" && policyKind !== "trust")
      .map(({ policyName }) => policyName),
  );
  const ways = [...new Set(group.flatMap(({ method }) => method ?? []))];
  const shown = ways.slice(0, SHOWN).join(", ");
  const rest = ways.length > SHOWN ? ` and ${ways.length - SHOWN} more` : "";
  const from = [...new Set(policies)];
  return from.length === 0
    ? `take from ${subject} what leads up: ${shown}${rest}`
    : `replace ${from.join(", ")} of ${subject} by what it needs: it leads up by ${shown}${rest}`;
}

/** Exceptions for what a person keeps for now, in the order of the steps: one for each proof and subject. */
export function draftedAcceptances(
  steps: readonly MendingStep[],
  { on, until }: { readonly on: string; readonly until: string },
): readonly Acceptance[] {
  return steps.map(({ proof, subject }) => ({
    finding: proof,
    subject,
    reason: `was so when the account was imported on ${on}`,
    expires: until,
  }));
}
