import type { Environment } from "../environment/environment";
import { environmentFile } from "../environment/source-file";
import { applyAcceptances } from "../findings/acceptance";
import type { Finding, FindingReport, MutedFinding, NotChecked } from "../findings/finding";
import { DRIFT_RULES } from "./drift-rules";
import type { Drift } from "./judge-drift";

const RULE_IDS = DRIFT_RULES.map(({ id }) => id);

/** A stack or an account that could not be read. */
export interface ReadError {
  /** `stack prod-identity`, `account 111122223333 of prod` */
  readonly subject: string;
  readonly reason: string;
}

/** What is known of one environment. */
export interface EnvironmentDrift {
  readonly environment: string;
  readonly settings?: Environment;
  readonly drift: Drift;
  /** Stacks and accounts that could not be read. Any of them makes the answer "could not tell". */
  readonly errors: readonly ReadError[];
  /** What was looked at: `["Plan of personal-identity", "terraform"]`. */
  readonly facts: readonly (readonly [label: string, value: string])[];
}

/** The findings of all environments, those that they accept muted. */
export function driftReport(
  environments: readonly EnvironmentDrift[],
  { now, showIgnored }: { readonly now: Date; readonly showIgnored: boolean },
): FindingReport {
  const findings: Finding[] = [];
  const muted: MutedFinding[] = [];
  for (const { environment, settings, drift } of environments) {
    const plain = drift.findings.map(({ trail: _trail, ...finding }) => pinned(finding, settings));
    const accepted = applyAcceptances(plain, settings?.accepted ?? [], RULE_IDS, now);
    findings.push(...accepted.findings.map((finding) => ({ environment, ...finding })));
    muted.push(...accepted.muted);
  }
  const shown = showIgnored ? environments.flatMap(ignoredFacts) : [];
  return {
    title: `Drift of ${environments.map(({ environment }) => environment).join(", ")}`,
    findings,
    muted,
    notChecked: environments.flatMap((found) => notCheckedOf(found, environments.length > 1)),
    facts: [
      ...environments.flatMap(({ facts, drift, environment }) => [
        ...facts,
        ...(drift.answered.length === 0
          ? []
          : [[`Asked of ${environment}`, drift.answered.join("; ")] as const]),
      ]),
      ...shown,
    ],
  };
}

/** Code scanning shows a finding at a file: the one that a person edits. */
function pinned(finding: Finding, settings: Environment | undefined): Finding {
  return settings === undefined
    ? finding
    : { ...finding, location: { file: environmentFile(settings.name) } };
}

function notCheckedOf(
  { environment, errors, drift }: EnvironmentDrift,
  isOneOfMany: boolean,
): readonly NotChecked[] {
  const all = [
    ...errors.map(({ subject, reason }) => ({ rule: "could-not-read", reason: `${subject}: ${reason}` })),
    ...drift.notChecked,
    ...(drift.notAsked === undefined ? [] : [{ rule: "not-asked", reason: drift.notAsked }]),
  ];
  return all.map(({ rule, reason }) => ({
    rule,
    reason: isOneOfMany ? `${environment}: ${reason}` : reason,
  }));
}

function ignoredFacts({ environment, drift }: EnvironmentDrift): readonly (readonly [string, string])[] {
  return drift.ignored.map(
    ({ address, attribute, reason }) =>
      [`Ignored in ${environment}: ${address}.${attribute}`, reason] as const,
  );
}
