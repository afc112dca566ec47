import type { NoAnswer } from "../aws/inventory";
import type { NotChecked } from "../findings/finding";

/** Something that was not looked at. */
export interface Gap {
  /** Id of the rule that wanted it. */
  readonly rule: string;
  /** `SSH keys of 3 users` */
  readonly what: string;
  /** Why: `ListSSHPublicKeys: AccessDenied`. */
  readonly reason: string;
  /** The caller gave a file that tells of no such thing: his choice, and no failure. */
  readonly isNotAsked: boolean;
}

export function gapOf(rule: string, what: string, answer: NoAnswer): Gap {
  return { rule, what, reason: answer.notChecked, isNotAsked: answer.isNotAsked === true };
}

/** Questions that were asked and not answered, one line each. */
export function unanswered(gaps: readonly Gap[]): readonly NotChecked[] {
  return gaps
    .filter(({ isNotAsked }) => !isNotAsked)
    .map(({ rule, what, reason }) => ({ rule, reason: `${what}: ${reason}` }));
}

/** What nobody asked, as the files that were given tell of no such thing; nothing where everything was asked. */
export function notAsked(gaps: readonly Gap[]): string | undefined {
  const subjects = new Set(gaps.filter(({ isNotAsked }) => isNotAsked).map(({ what }) => what));
  return subjects.size === 0 ? undefined : `the files do not tell of ${[...subjects].join(", ")}`;
}
