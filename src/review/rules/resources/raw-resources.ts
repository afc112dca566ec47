import { SAFEGUARD_TYPES } from "../../../sources/graph/safeguards";
import type { Draft } from "../../review-finding";
import type { RawResource, ReviewedEnvironment } from "../../reviewed-environment";
import { authenticationChanged } from "../by-nature/authentication-changed";
import { codeFromElsewhere } from "../by-nature/code-from-elsewhere";
import { destinationChanged } from "../by-nature/destination-changed";
import { encryptionKeyChanged } from "../by-nature/encryption-key-changed";
import { networkOpened } from "../by-nature/network-opened";
import { openedToAll } from "../by-nature/opened-to-all";
import { ordinaryChange } from "../by-nature/ordinary-change";
import type { JudgingContext, ResourceChange } from "../by-nature/resource-change";
import { resourceShared } from "../by-nature/resource-shared";
import { secretChanged } from "../by-nature/secret-changed";
import { switchedOff } from "../by-nature/switched-off";
import { profileOfUnknownRole, workloadRole } from "../by-nature/workload-role";
import { changesIgnored } from "../guard-rails/changes-ignored";
import { destroyAllowed } from "../guard-rails/destroy-allowed";
import { exclusiveAttachment } from "../guard-rails/exclusive-attachment";
import { exclusiveListRemoved } from "../guard-rails/exclusive-list-removed";
import { policyLanguageDowngraded } from "../guard-rails/policy-language-downgraded";
import { protectionRemoved } from "../guard-rails/protection-removed";
import { knownProtection, protectionByNature } from "../guard-rails/protection-weakened";
import { quarantineRemoved } from "../guard-rails/quarantine-removed";
import { replacementTriggered } from "../guard-rails/replacement-triggered";
import { functionCode } from "../safeguards/function-code";
import { safeguardRemainder } from "../safeguards/safeguard-remainder";
import { safeguardTouched } from "../safeguards/safeguard-touched";
import { dataSourceDrafts } from "../terraform/code-in-plan";
import { fileReadAtPlan } from "../terraform/file-read-at-plan";
import { resourceProviderChanged } from "../terraform/provider-changed";
import { provisionerAdded } from "../terraform/provisioner";
import { functionPublic } from "./function-public";
import { strikeJudged } from "./graph-attributes";
import { isGraphType } from "./graph-types";
import { policyAttached } from "./policy-attached";
import { resourcePolicyDrafts } from "./resource-policies";

type Rule = (change: ResourceChange, context: JudgingContext) => readonly Draft[];

/** In this order: what knows the type first, then what the attributes are, the dangerous before the ordinary. */
const RULES: readonly Rule[] = [
  fileReadAtPlan,
  functionPublic,
  exclusiveAttachment,
  knownProtection,
  safeguardTouched,
  safeguardRemainder,
  policyAttached,
  resourcePolicyDrafts,
  workloadRole,
  resourceShared,
  openedToAll,
  protectionByNature,
  encryptionKeyChanged,
  authenticationChanged,
  networkOpened,
  codeFromElsewhere,
  destinationChanged,
  switchedOff,
  secretChanged,
  ordinaryChange,
];

/** What the access graph does not show: every attribute of every resource, by what it is. */
export function rawResourceDrafts(
  changes: readonly ResourceChange[],
  context: JudgingContext,
): readonly Draft[] {
  return changes.flatMap((change) => resourceDrafts(change, context));
}

function resourceDrafts(change: ResourceChange, context: JudgingContext): readonly Draft[] {
  return [...quarantineRemoved(change), ...judged(change, context)];
}

function judged(change: ResourceChange, context: JudgingContext): readonly Draft[] {
  const { before, after } = change;
  if ((after ?? before)?.mode === "data") return dataSourceDrafts(change, context);
  if (after?.onlyRuns === true) return provisionerAdded(before, after);
  if (after === undefined) return before === undefined ? [] : removedDrafts(change, before, context);
  const lifecycle = [
    ...provisionerAdded(before, after),
    ...changesIgnored(before, after),
    ...replacementTriggered(before, after, context),
    ...policyLanguageDowngraded(change),
    ...(before === undefined
      ? []
      : [...destroyAllowed(before, after), ...resourceProviderChanged(before, after)]),
  ];
  const code = [...functionCode(change, context), ...profileOfUnknownRole(change, context)];
  strikeJudged(change, context);
  return [...lifecycle, ...code, ...RULES.flatMap((rule) => rule(change, context))];
}

function removedDrafts(
  change: ResourceChange,
  before: RawResource,
  context: JudgingContext,
): readonly Draft[] {
  const entries = context.ledger.of(change.key);
  if (isGraphType(change.type) || SAFEGUARD_TYPES.has(change.type)) {
    context.ledger.strike(entries);
    return exclusiveListRemoved(before);
  }
  const gone = [...protectionRemoved(before), ...exclusiveListRemoved(before)];
  if (gone.length > 0) {
    context.ledger.strike(entries);
    return gone;
  }
  context.ledger.settle(entries);
  return ordinaryChange(change, context);
}

/** Resources that differ between the sides, each once. Of two outdirs, a stack that is gone is told as such. */
export function resourceChanges(reviewed: ReviewedEnvironment): readonly ResourceChange[] {
  const before = reviewed.before?.resources ?? new Map<string, RawResource>();
  const after = reviewed.after?.resources ?? new Map<string, RawResource>();
  const stacks = new Set(reviewed.after?.stacks ?? []);
  const isPlan = reviewed.actions !== undefined;
  const changes: ResourceChange[] = [];
  const matched = new Set<string>();
  const of = (
    key: string,
    old: RawResource | undefined,
    current: RawResource | undefined,
  ): ResourceChange => {
    const { address = "", type = "" } = current ?? old ?? {};
    return { key, address, type, before: old, after: current };
  };
  for (const [key, old] of before) {
    const newKey = movedKey(key, reviewed.moved);
    const current = after.get(newKey) ?? after.get(key);
    if (current !== undefined) {
      matched.add(current.key);
      changes.push(of(current.key, old, current));
    } else if (isPlan || stacks.has(stackOf(key))) changes.push(of(key, old, undefined));
  }
  for (const [key, current] of after) if (!matched.has(key)) changes.push(of(key, undefined, current));
  return changes;
}

function stackOf(key: string): string {
  return key.includes(":") ? key.slice(0, key.indexOf(":")) : "";
}

/** A moved block names a resource with all its instances, or a module with all its resources. */
function movedKey(key: string, moved: ReadonlyMap<string, string>): string {
  const direct = moved.get(key);
  if (direct !== undefined) return direct;
  for (const [from, to] of moved) {
    if (key.startsWith(`${from}[`) || key.startsWith(`${from}.`)) return `${to}${key.slice(from.length)}`;
  }
  return key;
}
