import type { EnvironmentAccess } from "../access-report";
import { cell, line, type Section } from "../document";

/** Findings that may stand, and parts of guards that people have switched off. */
export function acceptedSection({ acceptedExceptions, groups }: EnvironmentAccess): Section {
  const isKnown = !("reason" in acceptedExceptions);
  const switchedOff = groups.flatMap(({ name, guardParts, guardsPeople }) =>
    guardsPeople
      ? (["mfa", "networks"] as const)
          .filter((part) => !guardParts[part])
          .map((part) => [
            [line(`guard part ${part} is off`, "alarm")],
            cell(`group ${name}`),
            cell("-"),
            cell("switched off in developerGroups"),
          ])
      : [],
  );
  return {
    title: "Accepted exceptions",
    columns: ["finding", "about", "until", "reason"],
    rows: [
      ...switchedOff,
      ...(isKnown
        ? acceptedExceptions.map(({ finding, subject, expires, reason }) => [
            cell(finding),
            cell(subject),
            cell(expires),
            cell(reason),
          ])
        : [[[line("not known", "open")], cell(""), cell(""), cell(acceptedExceptions.reason)]]),
    ],
    otherwise: "none",
  };
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
