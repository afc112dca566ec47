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
  /** Address of the finding; of what a report finds, `*` stands for any characters: `role/team-*`. */
  readonly subject: string;
  readonly reason: string;
  /** Last day on which it holds, UTC, `YYYY-MM-DD`. */
  readonly expires: string;
}

export interface Accepted {
  readonly findings: readonly Finding[];
  readonly muted: readonly MutedFinding[];
}

/** How items and the exceptions for them came together. */
export interface MatchedAcceptances<Item> {
  /** Not accepted; `lapsed` is the exception that would have, had it not ended. */
  readonly open: readonly { readonly item: Item; readonly lapsed?: Acceptance }[];
  readonly accepted: readonly { readonly item: Item; readonly acceptance: Acceptance }[];
  /** Those that match no item, ended or not. */
  readonly unused: readonly Acceptance[];
}

/**
 * Brings items and exceptions together: by rule and subject, exactly unless patterns are asked for. An exception holds
 * through its last day, UTC.
 *
 * @param of the subject of an item, and every name of its rule: a proof has a second one, `proof/method`
 */
export function matchAcceptances<Item>(
  items: readonly Item[],
  acceptances: readonly Acceptance[],
  of: (item: Item) => { readonly rules: readonly string[]; readonly subject: string },
  now: Date,
  { patterns = false }: { readonly patterns?: boolean } = {},
): MatchedAcceptances<Item> {
  const fits = acceptances.map((acceptance) => ({
    acceptance,
    isSubject: subjectTest(acceptance.subject, patterns),
  }));
  const open: { item: Item; lapsed?: Acceptance }[] = [];
  const accepted: { item: Item; acceptance: Acceptance }[] = [];
  const used = new Set<Acceptance>();
  for (const item of items) {
    const { rules, subject } = of(item);
    const matching = fits
      .filter(({ acceptance, isSubject }) => rules.includes(acceptance.finding) && isSubject(subject))
      .map(({ acceptance }) => acceptance);
    for (const acceptance of matching) used.add(acceptance);
    const acceptance = matching.find((one) => isInForce(one, now));
    const [lapsed] = matching;
    if (acceptance !== undefined) accepted.push({ item, acceptance });
    else open.push({ item, ...(lapsed !== undefined && { lapsed }) });
  }
  return { open, accepted, unused: acceptances.filter((acceptance) => !used.has(acceptance)) };
}

/** A kind and the beginning of a name, then a star: what accepts everything of a kind would hide what comes next. */
const PATTERN = /^[^*/.]+[/.][^*]+\*/;

function subjectTest(subject: string, patterns: boolean): (address: string) => boolean {
  if (!patterns || !PATTERN.test(subject)) return (address) => address === subject;
  const parts = subject.split(/\*+/).map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  const pattern = new RegExp(`^${parts.join(".*")}$`, "s");
  return (address) => pattern.test(address);
}

function isInForce({ expires }: Acceptance, now: Date): boolean {
  return expires >= now.toISOString().slice(0, 10);
}

/**
 * Mutes what an environment accepts. Muted findings are listed, not dropped. An acceptance that has expired mutes
 * nothing any more and is a finding of its own; so is one that matches nothing, because it hides what may come back. Subjects may be patterns.
 *
 * @param ownRules ids of every rule that was judged: acceptances of other rules are another command's business
 */
export function applyAcceptances(
  findings: readonly Finding[],
  acceptances: readonly Acceptance[],
  ownRules: readonly string[],
  now: Date,
): Accepted {
  const own = acceptances.filter(({ finding }) => ownRules.includes(finding));
  const { open, accepted, unused } = matchAcceptances(
    findings,
    own,
    ({ rule, address }) => ({ rules: [rule], subject: address }),
    now,
    { patterns: true },
  );
  return {
    findings: [
      ...open.map(({ item }) => item),
      ...own.filter((one) => !isInForce(one, now)).map(expiredFinding),
      ...unused.filter((one) => isInForce(one, now)).map(unusedFinding),
    ],
    muted: accepted.map(({ item, acceptance: { reason, expires } }) => ({ finding: item, reason, expires })),
  };
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
