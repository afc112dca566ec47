import { ALLOWED_WITHOUT_MFA } from "../../policies/guard";
import type { EnvironmentAccess, GroupAccess } from "../access-report";
import { cell, type DocumentCell, type Line, line, type Section } from "../document";
import { abbreviated, distinct, enumeration } from "../shown";
import { placesText } from "../words";

export function guardsSection(environment: EnvironmentAccess): Section {
  return {
    title: "Guards",
    caption: "what the groups deny their members, whatever else is granted to them",
    columns: ["group", "members", "MFA", "networks", "federation tokens"],
    rows: environment.groups.map((group) => [
      [line(group.name, "name")],
      membersCell(group.members),
      [mfaPart(group)],
      [networkPart(group, environment)],
      [group.deniesFederationTokens ? line("denied", "good") : off(group, "not denied")],
    ]),
    otherwise: "no groups",
  };
}

const ENROLMENT: ReadonlySet<string> = new Set(ALLOWED_WITHOUT_MFA);

/** CI has no MFA, and its networks are seldom known: only for people is it a weakness that a part is off. */
function off({ guardsPeople }: GroupAccess, text: string): Line {
  return line(text, guardsPeople ? "alarm" : "quiet");
}

function membersCell(members: readonly string[]): DocumentCell {
  if (members.length === 0) return [line("nobody", "quiet")];
  return cell(members.length <= 6 ? members.join(", ") : `${members.length} users`);
}

function mfaPart(group: GroupAccess): Line {
  const { guardedTo, withoutMfa, guardParts } = group;
  if (guardedTo.answer === "unknown") return line(`not known: ${guardedTo.unknowns[0] ?? ""}`, "open");
  if (!guardParts.mfa) return off(group, "off");
  const others = withoutMfa.filter((action) => !ENROLMENT.has(action));
  if (others.length > 0)
    return line(`on, but without MFA also ${enumeration(abbreviated(others, 6))}`, "weak");
  return line(
    withoutMfa.length === 0 ? "on: without MFA nothing" : "on: without MFA only enrolling it",
    "good",
  );
}

function networkPart(group: GroupAccess, environment: EnvironmentAccess): Line {
  const { guardedTo, guardParts } = group;
  if (guardedTo.answer === "unknown") return line("not known", "open");
  if (!guardParts.networks) return off(group, "off");
  if (guardedTo.answer === "no") return line("on: from nowhere", "good");
  const places = distinct(
    guardedTo.conditions.map((one) => placesText([{ ...one, besides: [] }], environment)),
  );
  return line(`on: only ${places.join("; or ")}`, "good");
}
