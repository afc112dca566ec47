import { defineRule } from "../../../findings/rule";
import type { Severity } from "../../../findings/severity";
import { accessChange } from "../../../iam/comparison/access-change";
import { grantsOf } from "../../../iam/comparison/grant";
import type { Role } from "../../../iam/graph";
import type { LedgerEntry } from "../../ledger/ledger";
import { isNotKnown } from "../../ledger/values";
import { knownDocuments, placedPolicies } from "../../principals/placed-policies";
import { shownName } from "../../principals/principal-names";
import type { Draft } from "../../review-finding";
import { type Weight, weightOf } from "../../weight";
import { entryDiff, valueText } from "./entry-diff";
import {
  aboutResource,
  type FoundRole,
  isAdded,
  type JudgingContext,
  openOf,
  type ResourceChange,
} from "./resource-change";

export const WORKLOAD_ROLE = defineRule({
  id: "workload-role",
  area: "review",
  title: "Something that runs gets a role",
  severities: ["critical", "high", "medium"],
  why: "Whoever decides what runs there, or reaches it, acts with the role: code of a function, a container's image, user data of an instance. It weighs as what the role may do; a role that is not in the source medium, and the role of a function that keeps credentials short-lived high.",
  example: {
    before: 'task_role_arn = "arn:aws:iam::111122223333:role/app"',
    after: 'task_role_arn = "arn:aws:iam::111122223333:role/admin"',
  },
  remedy: "Give what runs a role of its own, with the few actions that it needs.",
  reference: {
    title: "Granting a user permissions to pass a role to an AWS service",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
  },
  since: "0.2.0",
});

/** A role in an attribute of whatever type. */
export function workloadRole(change: ResourceChange, context: JudgingContext): readonly Draft[] {
  const entries = openOf(change, context, "role");
  context.ledger.strike(entries);
  return entries.flatMap((entry) => judged(entry, change, context));
}

/** A profile that carries a role which the source does not hold; of others the rules about roles tell. */
export function profileOfUnknownRole(change: ResourceChange, context: JudgingContext): readonly Draft[] {
  if (change.type !== "aws_iam_instance_profile") return [];
  return context.ledger
    .of(change.key)
    .filter(({ path, after }) => path === "role" && typeof after === "string" && after !== "")
    .filter(({ after }) => context.roles.find(String(after)) === undefined)
    .flatMap((entry) => unknownRole(entry, change, String(entry.after), context));
}

function judged(entry: LedgerEntry, change: ResourceChange, context: JudgingContext): readonly Draft[] {
  const kept = new Set(namesIn(entry.before));
  const given = namesIn(entry.after).filter((name) => !kept.has(name));
  if (isNotKnown(entry.after)) return unknownRole(entry, change, valueText(entry.after), context);
  if (given.length === 0) {
    context.ledger.settle([entry]);
    return [];
  }
  return given.flatMap((name) => {
    const found = context.roles.find(name);
    return found === undefined
      ? unknownRole(entry, change, name, context)
      : roleDraft(found, entry, change, context);
  });
}

function roleDraft(
  { role, isNew }: FoundRole,
  entry: LedgerEntry,
  change: ResourceChange,
  context: JudgingContext,
): readonly Draft[] {
  const rights = gainedRights(role, entry, context);
  const severity = severityOf(rights, role, context);
  const text = `${change.address} ${isAdded(change) ? "is new and acts with" : "acts from now on with"} role ${shownName(role.name)} (${entry.path})`;
  if (isNew || context.isNew || severity === undefined) {
    context.ledger.settle([entry]);
    return [];
  }
  const what = rights?.isAdministrator === true ? ", which has administrator rights" : "";
  const guarded = context.guardedRoles.has(role.arn)
    ? ", the role of what keeps credentials short-lived"
    : "";
  return [
    {
      ...aboutResource(change),
      rule: WORKLOAD_ROLE,
      severity,
      category: "access",
      predicate: `${text}${what}${guarded}`,
      evidence: entryDiff([entry]),
    },
  ];
}

/** What the role adds to the one of before; nothing where it adds nothing. */
function gainedRights(role: Role, entry: LedgerEntry, { roles }: JudgingContext): Weight | undefined {
  const documents = knownDocuments(placedPolicies(role));
  const isOpen = placedPolicies(role).length > documents.length;
  const old = namesIn(entry.before).flatMap((name) => roles.find(name)?.role ?? []);
  const before = old.flatMap((each) => knownDocuments(placedPolicies(each)));
  const change = accessChange({ identity: before }, { identity: documents, boundary: boundaryOf(role) });
  const atoms =
    old.length === 0
      ? documents.flatMap(grantsOf).filter(({ effect }) => effect === "Allow")
      : [...change.gained, ...change.undenied].flatMap((difference) => difference.atoms);
  if (atoms.length > 0) return weightOf(atoms);
  return isOpen ? { severity: "medium", isAdministrator: false, isOwn: false, escalations: [] } : undefined;
}

function boundaryOf({ permissionsBoundary }: Role) {
  const document = permissionsBoundary?.document;
  return document === undefined || "unknown" in document ? undefined : document;
}

/** A role that only reads a little is not worth having. */
function severityOf(
  rights: Weight | undefined,
  role: Role,
  { guardedRoles }: JudgingContext,
): Severity | undefined {
  if (guardedRoles.has(role.arn)) return rights?.isAdministrator === true ? "critical" : "high";
  return rights === undefined || rights.severity === "low" ? undefined : rights.severity;
}

function unknownRole(
  entry: LedgerEntry,
  change: ResourceChange,
  name: string,
  context: JudgingContext,
): readonly Draft[] {
  if (context.isNew) {
    context.ledger.settle([entry]);
    return [];
  }
  return [
    {
      ...aboutResource(change),
      rule: WORKLOAD_ROLE,
      severity: "medium",
      category: "access",
      predicate: `${change.address} ${isAdded(change) ? "is new and acts with" : "acts from now on with"} ${shownName(name)} (${entry.path}): what it may do is not known here`,
      evidence: entryDiff([entry]),
    },
  ];
}

function namesIn(value: unknown): readonly string[] {
  return [value].flat().filter((item): item is string => typeof item === "string" && item !== "");
}
