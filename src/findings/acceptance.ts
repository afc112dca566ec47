import type { Finding, MutedFinding } from "./finding";
import { defineRule } from "./rule";

export const ACCEPTANCE_EXPIRED = defineRule({
  id: "acceptance-expired",
  area: "exceptions",
  title: "An exception has ended, and mutes nothing any more",
  severities: ["medium"],
  why: "Whoever accepted it said until when. What it muted is told again beside it, and somebody has to decide anew.",
  example: {
    before:
      'accepted: [{ finding: "key-too-old", subject: "user/ci", reason: "moves to OIDC", expires: "2026-01-31" }]',
    after: "the key is rotated and the entry is gone, or it has a new end and a reason that still holds",
  },
  remedy:
    "Resolve the finding and remove the acceptance, or give it a new end with a reason that still holds.",
  since: "0.1.0",
});

export const ACCEPTANCE_UNUSED = defineRule({
  id: "acceptance-unused",
  area: "exceptions",
  title: "An exception matches no finding",
  severities: ["info"],
  why: "It hides the finding when it comes back, and nobody then looks. A misspelt subject mutes nothing at all.",
  example: {
    before: 'accepted: [{ finding: "key-too-old", subject: "user/gone", ... }]',
    after: "accepted: []",
  },
  remedy: "Remove it from the environment, or correct its subject.",
  since: "0.1.0",
});

/** A named exception of an environment: one rule, one address, a reason and an end. */
export interface Acceptance {
  /** Id of the rule. */
  readonly finding: string;
  /** Address of the finding, exactly. */
  readonly subject: string;
  readonly reason: string;
  /** Last day on which it holds, UTC, `YYYY-MM-DD`. */
  readonly expires: string;
}

export interface Accepted {
  readonly findings: readonly Finding[];
  readonly muted: readonly MutedFinding[];
}

/**
 * Mutes what an environment accepts. Muted findings are listed, not dropped. An acceptance that has expired mutes
 * nothing any more and is a finding of its own; so is one that matches nothing, because it hides what may come back.
 *
 * @param ownRules ids of every rule that was judged: acceptances of other rules are another command's business
 */
export function applyAcceptances(
  findings: readonly Finding[],
  acceptances: readonly Acceptance[],
  ownRules: readonly string[],
  now: Date,
): Accepted {
  const today = now.toISOString().slice(0, 10);
  const own = acceptances.filter(({ finding }) => ownRules.includes(finding));
  const inForce = own.filter(({ expires }) => expires >= today);
  const open: Finding[] = [];
  const muted: MutedFinding[] = [];
  for (const finding of findings) {
    const acceptance = inForce.find((candidate) => matches(candidate, finding));
    if (acceptance === undefined) open.push(finding);
    else muted.push({ finding, reason: acceptance.reason, expires: acceptance.expires });
  }
  const expired = own.filter(({ expires }) => expires < today).map(expiredFinding);
  const unused = inForce
    .filter((acceptance) => !findings.some((finding) => matches(acceptance, finding)))
    .map(unusedFinding);
  return { findings: [...open, ...expired, ...unused], muted };
}

function matches(acceptance: Acceptance, finding: Finding): boolean {
  return acceptance.finding === finding.rule && acceptance.subject === finding.address;
}

function expiredFinding({ finding, subject, expires, reason }: Acceptance): Finding {
  return {
    rule: ACCEPTANCE_EXPIRED.id,
    severity: "medium",
    address: `accepted/${finding}/${subject}`,
    message: `The acceptance of ${finding} ended on ${expires}. Its reason was: ${reason}`,
    remedy: ACCEPTANCE_EXPIRED.remedy,
  };
}

function unusedFinding({ finding, subject, expires }: Acceptance): Finding {
  return {
    rule: ACCEPTANCE_UNUSED.id,
    severity: "info",
    address: `accepted/${finding}/${subject}`,
    message: `The acceptance of ${finding} until ${expires} matches no finding.`,
    remedy: ACCEPTANCE_UNUSED.remedy,
  };
}
