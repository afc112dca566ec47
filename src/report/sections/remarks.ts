import type { EnvironmentAccess, GroupAccess } from "../access-report";
import { cell, line, type Section } from "../document";

/** Findings that may stand. */
export function acceptedSection({ acceptedExceptions }: EnvironmentAccess): Section {
  return {
    title: "Accepted exceptions",
    columns: ["finding", "about", "until", "reason"],
    rows:
      "reason" in acceptedExceptions
        ? [[[line("not known", "open")], cell(""), cell(""), cell(acceptedExceptions.reason)]]
        : acceptedExceptions.map(({ finding, subject, expires, reason }) => [
            cell(finding),
            cell(subject),
            cell(expires),
            cell(reason),
          ]),
    otherwise: "none",
  };
}

/** What is weaker by declaration; where the source does not say, the parts of guards that do not hold. */
export function weaknessesSection({ declaredWeaknesses, groups }: EnvironmentAccess): Section {
  return {
    title: "Declared weaknesses",
    columns: ["about", "what", "declared in"],
    rows:
      "reason" in declaredWeaknesses
        ? [
            ...groups.flatMap(switchedOff),
            [[line("not known", "open")], cell(declaredWeaknesses.reason), cell("")],
          ]
        : declaredWeaknesses.map(({ subject, message, declaredAt = "-" }) => [
            [line(subject, "weak")],
            cell(message),
            cell(declaredAt),
          ]),
    otherwise: "none",
  };
}

function switchedOff({ name, guardParts, guardsPeople }: GroupAccess) {
  if (!guardsPeople) return [];
  return (["mfa", "networks"] as const)
    .filter((part) => !guardParts[part])
    .map((part) => [
      [line(`group/${name}`, "weak")],
      cell(`the ${part} part of the guard is switched off`),
      cell("-"),
    ]);
}

export function unknownSection({ unknowns, users, roles }: EnvironmentAccess): Section {
  const open = [
    ...users.flatMap((user) => user.capabilities.map((one) => ({ who: user.names.join(", "), one }))),
    ...roles.flatMap((role) => role.capabilities.map((one) => ({ who: role.name, one }))),
  ]
    .filter(({ one }) => one.unknowns.length > 0)
    .map(({ who, one }) => ({ what: `${who}: ${one.capability}`, reason: summaryOf(one.unknowns) }));
  return {
    title: "Not known",
    columns: ["what", "why"],
    rows: [...unknowns, ...open].map(({ what, reason }) => [[line(what, "open")], cell(reason)]),
    otherwise: "nothing",
  };
}

function summaryOf(reasons: readonly string[]): string {
  const [first = "", ...rest] = reasons;
  return rest.length === 0 ? first : `${first} (and ${rest.length} more)`;
}
