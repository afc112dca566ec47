import { clauseText } from "../../../iam/comparison/clause";
import type { Uncovered } from "../../../iam/comparison/coverage";
import { throughText } from "../../principals/placed-policies";
import type { Draft } from "../../review-finding";
import { capped } from "../../statement-diff";
import { actionsText } from "../../weight";
import { ACCESS_GAINED, accessGained, grantedInVain } from "./access-gained";
import { administratorGained } from "./administrator-gained";
import { conditionLost } from "./condition-lost";
import { escalationGained } from "./escalation-gained";
import { gainOf } from "./gain";
import { type PolicyContext, placedBy } from "./policy-context";
import { resourceWidened } from "./resource-widened";
import { isWithoutEffect } from "./without-effect";

/** What may be done now and might not be done before, each told by the gravest rule that fits. */
export function gains(gained: readonly Uncovered[], context: PolicyContext): readonly Draft[] {
  if (context.before.length > 0) return foldedGains(gained, context);
  const drafts = gained.map((difference) => ({ difference, draft: gainDraft(difference, context) }));
  return mergedByPolicy(drafts, context);
}

/** The same actions that several statements of one policy gain, on other resources each, have one cause. */
function foldedGains(gained: readonly Uncovered[], context: PolicyContext): readonly Draft[] {
  const groups = new Map<string, { difference: Uncovered; draft: Draft; readonly list: Uncovered[] }>();
  const single: Draft[] = [];
  for (const difference of gained) {
    const draft = gainDraft(difference, context);
    const isPlain = difference.but === undefined && difference.narrower === undefined;
    const placed = isPlain ? placedBy(difference.grant.statement, context.after) : undefined;
    if (placed === undefined) {
      single.push(draft);
      continue;
    }
    const conditions = difference.grant.clauses.map(clauseText).join("\n");
    const key = [draft.rule.id, draft.severity, draft.isNote, throughText(placed), conditions];
    const id = JSON.stringify([...key, actionsText(difference.atoms)]);
    const group = groups.get(id);
    if (group === undefined) groups.set(id, { difference, draft, list: [difference] });
    else group.list.push(difference);
  }
  const folded = [...groups.values()].map(({ difference, draft, list }) => {
    if (list.length === 1) return draft;
    const whole = gainDraft({ ...difference, atoms: list.flatMap(({ atoms }) => atoms) }, context);
    const evidence = list.slice(0, MOST_SHOWN).flatMap((each) => gainDraft(each, context).evidence ?? []);
    return { ...whole, evidence: capped(evidence) };
  });
  return [...folded, ...single];
}

/** Statements that are shown of one cause. */
const MOST_SHOWN = 4;

function gainDraft(whole: Uncovered, context: PolicyContext): Draft {
  const atoms = whole.atoms.filter((atom) => !isWithoutEffect(atom));
  if (atoms.length === 0) return grantedInVain(gainOf(whole, context));
  const difference = atoms.length === whole.atoms.length ? whole : { ...whole, atoms };
  const gain = gainOf(difference, context);
  if (difference.but !== undefined) return conditionLost(gain, difference.but);
  if (gain.weight.isAdministrator) return administratorGained(gain);
  if (gain.weight.escalations.length > 0) return escalationGained(gain);
  return difference.narrower === undefined ? accessGained(gain) : resourceWidened(gain);
}

/** What a new user gets of one policy of its group is told once, however many statements it has. */
function mergedByPolicy(
  drafts: readonly { readonly difference: Uncovered; readonly draft: Draft }[],
  { after }: PolicyContext,
): readonly Draft[] {
  const byPolicy = new Map<string, { difference: Uncovered; draft: Draft }[]>();
  const others: Draft[] = [];
  for (const each of drafts) {
    const placed = placedBy(each.difference.grant.statement, after);
    const { severity, rule } = each.draft;
    if (placed?.group === undefined || rule !== ACCESS_GAINED) others.push(each.draft);
    else {
      const key = `${severity} ${throughText(placed)}`;
      byPolicy.set(key, [...(byPolicy.get(key) ?? []), each]);
    }
  }
  const merged = [...byPolicy.values()].flatMap((list): Draft[] => {
    const [first] = list;
    if (first === undefined || list.length === 1) return list.map(({ draft }) => draft);
    const atoms = list.flatMap(({ difference }) => difference.atoms);
    const evidence = capped(list.flatMap(({ draft }) => draft.evidence ?? []));
    const policy = throughText(placedBy(first.difference.grant.statement, after)).replace(/^, through /, "");
    return [{ ...first.draft, predicate: `gains what ${policy} allows: ${actionsText(atoms)}`, evidence }];
  });
  return [...others, ...merged];
}
