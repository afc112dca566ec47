import type { AccessGraph, Safeguard } from "../../../iam/graph";
import type { Draft } from "../../review-finding";
import { capped } from "../../statement-diff";
import { anyChange, type Judgement, low, medium } from "./judgement";
import { keyRulesOf, keyRuleWeaknesses, variablesOf } from "./key-rules";
import { safeguardChanged } from "./safeguard-changed";
import { JUDGES, SILENT } from "./safeguard-judges";
import { safeguardRemoved } from "./safeguard-removed";
import { safeguardText } from "./safeguard-text";
import { isUnknownAttribute, normalized } from "./safeguard-values";
import { safeguardWeakened } from "./safeguard-weakened";

/** Schedules, functions, queues and alarms that are weaker than before, or gone. */
export function safeguardDrafts(
  { before, after }: { readonly before: AccessGraph; readonly after: AccessGraph },
  addresses: ReadonlyMap<string, string>,
  isNew: boolean,
): readonly Draft[] {
  const byAddress = new Map(after.safeguards.map((each) => [`${each.type} ${each.address}`, each]));
  const byName = new Map(after.safeguards.map((each) => [`${each.type} ${each.name}`, each]));
  const matched = new Set<Safeguard>();
  const accounts = new Set([...after.users, ...after.roles].map(({ accountId }) => accountId));
  const drafts = before.safeguards.flatMap((old): readonly Draft[] => {
    const address = addresses.get(old.address) ?? old.address;
    const current = byAddress.get(`${old.type} ${address}`) ?? byName.get(`${old.type} ${old.name}`);
    if (current === undefined || matched.has(current)) return [safeguardRemoved(old)];
    matched.add(current);
    return changedDrafts(old, current, accounts);
  });
  const added = after.safeguards.filter((each) => !matched.has(each));
  return [...drafts, ...added.flatMap((each) => addedDrafts(each, isNew)), ...movedRules(before, after)];
}

/** The rules may change places, from a variable to an event: they are compared wherever they are. */
function movedRules(before: AccessGraph, after: AccessGraph): readonly Draft[] {
  const [old, current] = [keyRulesOf(before), keyRulesOf(after)];
  if (old === undefined || current === undefined) return [];
  const isInEvent = (graph: AccessGraph) =>
    graph.safeguards.some(
      ({ attributes }) => variablesOf(attributes["environment"])["KEY_RULES"] === "event",
    );
  if (isInEvent(before) === isInEvent(after)) return [];
  const [holder] = after.safeguards.filter(({ type }) => type === "aws_lambda_function");
  return keyRuleWeaknesses(old, current).map(({ severity, words }) =>
    draftOf(
      holder ?? { type: "", name: "key rules", address: "key-rules", attributes: {} },
      { severity, words: `function ${holder?.name ?? ""} ${words}` },
      [],
    ),
  );
}

function addedDrafts(safeguard: Safeguard, isNew: boolean): readonly Draft[] {
  const { type, attributes } = safeguard;
  const reported = (judgement: Judgement) => [draftOf(safeguard, judgement, [])];
  if (type === "aws_lambda_permission") {
    const principal = String(attributes["principal"] ?? "");
    const called = String(attributes["function_name"]);
    if (principal === "*")
      return reported({ severity: "critical", words: `anybody may invoke function ${called}` });
    return isNew ? [] : reported(medium(`${principal} may invoke function ${called} from now on`));
  }
  if (isNew) return [];
  if (type === "aws_iam_outbound_web_identity_federation") {
    return reported(
      medium("the account issues tokens about its identities, which services outside of AWS may trust"),
    );
  }
  if (type !== "aws_sns_topic_subscription") return [];
  return reported(
    low(`${String(attributes["protocol"])} ${String(attributes["endpoint"])} is told from now on`),
  );
}

function changedDrafts(old: Safeguard, current: Safeguard, accounts: ReadonlySet<string>): readonly Draft[] {
  const what = safeguardText(current);
  const names = [...new Set([...Object.keys(old.attributes), ...Object.keys(current.attributes)])];
  return names.flatMap((attribute) => {
    const fallback = SILENT[old.type]?.[attribute];
    const before = old.attributes[attribute] ?? fallback;
    const after = current.attributes[attribute] ?? fallback;
    if (normalized(before) === normalized(after)) return [];
    const judge = JUDGES[old.type]?.[attribute] ?? anyChange("low", `changes (${attribute})`);
    const result = isUnknownAttribute(after)
      ? medium(`${what}: ${attribute} is not known before the apply`)
      : judge(before, after, { what, attribute, attributes: current.attributes, accounts });
    const evidence = capped([...shown("-", attribute, before), ...shown("+", attribute, after)]);
    const judgements = result === undefined ? [] : [result].flat();
    return judgements.map((judgement) => draftOf(current, judgement as Judgement, evidence));
  });
}

function draftOf(safeguard: Safeguard, judgement: Judgement, evidence: readonly string[]): Draft {
  return judgement.isNote === true
    ? safeguardChanged(safeguard, judgement, evidence)
    : safeguardWeakened(safeguard, judgement, evidence);
}

function shown(sign: string, attribute: string, value: unknown): readonly string[] {
  if (value === undefined) return [];
  return [`${sign} ${attribute}: ${typeof value === "string" ? value : (JSON.stringify(value) ?? "")}`];
}
