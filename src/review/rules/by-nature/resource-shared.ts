import { defineRule } from "../../../findings/rule";
import type { Severity } from "../../../findings/severity";
import { accountsIn, ownershipOf } from "../../accounts";
import type { LedgerEntry } from "../../ledger/ledger";
import { isNotKnown } from "../../ledger/values";
import { principalWords } from "../../principals/principal-names";
import { type Draft, listed } from "../../review-finding";
import { entryDiff, pathsOf } from "./entry-diff";
import { aboutResource, type JudgingContext, openOf, type ResourceChange } from "./resource-change";

export const RESOURCE_SHARED = defineRule({
  id: "resource-shared",
  area: "review",
  title: "Something is shared, or somebody is let in",
  severities: ["critical", "high", "medium", "low"],
  why: "A snapshot, an image, a bus or a database that another account has been given is read and copied there, and nobody here sees it. Everybody weighs critical, another account high, an account of an environment under review medium, somebody of the own account low.",
  example: { before: "shared_accounts = []", after: 'shared_accounts = ["all"]' },
  remedy: "Name the accounts and principals that are needed, and no more.",
  reference: {
    title: "Shareable AWS resources",
    url: "https://docs.aws.amazon.com/ram/latest/userguide/shareable.html",
  },
  since: "0.2.0",
});

/** Everybody, as services write it. */
const EVERYBODY =
  /^(?:\*|all|all[-_ ]?users|everyone|everybody|public|public-read(?:-write)?|authenticated-read|authenticated-?users|anonymous|http:\/\/acs\.amazonaws\.com\/groups\/global\/(?:AllUsers|AuthenticatedUsers))$/i;
const PRIVATE =
  /^(?:private|bucket-owner-(?:read|full-control)|log-delivery-write|aws-exec-read|none|disabled|restricted|self|owner)$/i;

/** Principals, accounts and lists of those that something is shared with, in an attribute of whatever type. */
export function resourceShared(change: ResourceChange, context: JudgingContext): readonly Draft[] {
  const entries = openOf(change, context, "principal");
  context.ledger.strike(entries);
  const gained = entries.filter(
    (entry) => (!isRight(entry) && newNames(entry).length > 0) || isNotKnown(entry.after),
  );
  const others = entries.filter((entry) => !gained.includes(entry));
  const rights = others.filter((entry) => isRight(entry) && newNames(entry).length > 0);
  if (gained.length > 0) return sharedDrafts(change, [...gained, ...rights], context);
  if (rights.length > 0 && !context.isNew) return [rightsDraft(change, rights)];
  context.ledger.settle(others);
  return [];
}

/** What those who are let in may do, not who they are. */
function isRight({ name }: LedgerEntry): boolean {
  return /(?:^|[._])(?:permissions?|permissions_with_grant_option|access_level|grants?_type|permission_model|visibility_config)$/.test(
    name,
  );
}

function rightsDraft(change: ResourceChange, entries: readonly LedgerEntry[]): Draft {
  const names = [...new Set(entries.flatMap(newNames))];
  return {
    ...aboutResource(change),
    rule: RESOURCE_SHARED,
    severity: names.some((name) => /^(?:\*|all|full|admin|write|super)/i.test(name)) ? "high" : "medium",
    category: "access",
    predicate: `${change.address} gives those whom it lets in more rights: ${listed(names)}`,
    evidence: entryDiff(entries),
  };
}

function sharedDrafts(
  change: ResourceChange,
  entries: readonly LedgerEntry[],
  context: JudgingContext,
): readonly Draft[] {
  const names = [...new Set(entries.filter((entry) => !isRight(entry)).flatMap(newNames))];
  const weights = [
    ...names.map((name) => weightOfName(name, context)),
    ...entries.filter(({ after }) => isNotKnown(after)).map(() => "medium" as const),
  ];
  const [severity] = ORDER.filter((each) => weights.includes(each));
  if (severity === undefined || (context.isNew && (severity === "low" || severity === "medium"))) {
    context.ledger.settle(entries);
    return [];
  }
  const words = names.map((name) => nameText(name, context));
  return [
    {
      ...aboutResource(change),
      rule: RESOURCE_SHARED,
      severity,
      category: "access",
      predicate: `${change.address} lets in ${listed(words.length === 0 ? ["somebody who is not known before the apply"] : words)} (${listed(pathsOf(entries))})`,
      evidence: entryDiff(entries),
    },
  ];
}

const ORDER = ["critical", "high", "medium", "low"] as const satisfies readonly Severity[];

/** Nothing for a word that lets nobody in. */
function weightOfName(name: string, context: JudgingContext): Severity | undefined {
  if (EVERYBODY.test(name)) return "critical";
  if (PRIVATE.test(name)) return undefined;
  const worst = accountsIn(name).map((id) => ownershipOf(id, context));
  if (worst.includes("foreign")) return "high";
  if (worst.includes("known")) return "medium";
  if (/^(?:o-[a-z0-9]{10,32}|arn:[^:]*:organizations::)/.test(name)) return "high";
  // the own account as a whole is nobody new
  return /^(?:\d{12}|arn:[^:]*:iam::\d{12}:root)$/.test(name) ? undefined : "low";
}

function nameText(name: string, { after }: JudgingContext): string {
  if (EVERYBODY.test(name)) return "everybody";
  if (/^\d{12}$/.test(name)) return `account ${name}`;
  return name.startsWith("arn:") ? principalWords(`AWS ${name}`, after) : name;
}

/** Texts that are there now and were not. */
function newNames({ before, after }: LedgerEntry): readonly string[] {
  const old = new Set(textsIn(before));
  return textsIn(after).filter((text) => !old.has(text));
}

function textsIn(value: unknown): readonly string[] {
  if (isNotKnown(value)) return [];
  if (typeof value === "string") return value === "" ? [] : [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(textsIn);
  return [];
}
