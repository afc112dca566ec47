import { wayInWords } from "../../proofs/escalation/step";
import { cell, type DocumentCell, line, type ReportDocument, type Section } from "../document";
import { abbreviated } from "../shown";
import type { EscalationAccess, WayStep, WayUp } from "./way-up";

const MOST_NAMES = 6;

/** One environment's ways up: who holds administrator rights, who comes to them, and what only the account can answer. */
export function escalationsDocument(access: EscalationAccess): ReportDocument {
  return {
    title: `${access.environment}: who comes to administrator rights`,
    notes: [],
    sections: [administratorsSection(access), waysSection(access.escalations, "nobody"), openSection(access)],
  };
}

function administratorsSection({ administrators }: EscalationAccess): Section {
  return {
    title: "Administrators",
    caption: "they hold the rights by themselves",
    columns: ["principal", "certain"],
    rows: administrators.map(({ kind, name, certain }) => [
      [line(`${kind}/${name}`, "name")],
      [certain ? line("yes") : line("not known", "open")],
    ]),
    otherwise: "none",
  };
}

/** Each way once: by whom, what it is known as, and its steps with their decisions. */
export function waysSection(ways: readonly WayUp[], otherwise: string): Section {
  return {
    title: "Ways up",
    caption: "each step is a request that is allowed, or (?) not known to be denied",
    columns: ["who", "by", "steps"],
    rows: ways.map((way) => [who(way), by(way), way.steps.flatMap(stepLines)]),
    otherwise,
  };
}

/** Ways that the tables of people and roles do not tell yet: all but the roles that a principal may assume itself. */
export function furtherWaysSection({ escalations }: EscalationAccess): Section {
  const further = escalations.filter(({ method }) => method !== "sts:AssumeRole");
  return {
    ...waysSection(further, "none"),
    caption:
      "to administrator rights besides roles that are assumed, by requests that are allowed; ?: not known to be denied",
  };
}

function who({ kind, name, alike }: WayUp): DocumentCell {
  const names = alike.length > 1 ? abbreviated(alike, MOST_NAMES) : [name];
  return names.map((one) => line(`${kind}/${one}`, "name"));
}

function by({ title, method, source, certain, unknowns }: WayUp): DocumentCell {
  return [
    line(title, "alarm"),
    line(method),
    ...(source === undefined ? [] : [line(source, "quiet")]),
    ...(certain ? [] : [line(`?: ${unknowns[0] ?? "not known"}`, "open")]),
  ];
}

function stepLines({ way, as, target, decisions }: WayStep, index: number): DocumentCell {
  return [
    line(`${index + 1}. ${as} ${wayInWords(way)} ${target}`),
    ...decisions.map(({ action, resource, effect, because }) => {
      const mark = effect === "Allowed" ? "" : "? ";
      const [, through = ""] = /(?:allowed by|is allowed:|is not known:)\s*(.*)$/s.exec(because) ?? [];
      return line(`   ${mark}${action} on ${resource}${through === "" ? "" : `: ${through}`}`, "quiet");
    }),
  ];
}

function openSection({ notKnown }: EscalationAccess): Section {
  return {
    title: "Not known",
    caption: "any role of the account that trusts the service, also one that this source does not hold",
    columns: ["who", "may pass roles to", "by"],
    rows: notKnown.map(({ kind, name, services, limited, decisions }) => [
      [line(`${kind}/${name}`, "name")],
      [
        ...abbreviated(services, MOST_NAMES).map((service) => line(service, limited ? undefined : "open")),
        ...(limited ? [line("the policy names them", "good")] : []),
      ],
      cell(...decisions.map(({ action, resource }) => `${action} on ${resource}`)),
    ]),
    otherwise: "nothing",
  };
}
