import type { AccessGraph, Safeguard } from "../../iam/graph";
import type { Draft } from "../review-finding";
import { capped } from "../statement-diff";
import { anyChange, type Judgement, low, medium } from "./judgement";
import { keyRulesOf, keyRuleWeaknesses, variablesOf } from "./key-rules";
import { JUDGES, SILENT } from "./safeguard-judges";

const WORDS: Readonly<Record<string, string>> = {
  aws_scheduler_schedule: "schedule",
  aws_scheduler_schedule_group: "schedule group",
  aws_cloudwatch_event_rule: "event rule",
  aws_cloudwatch_event_target: "event target",
  aws_lambda_function: "function",
  aws_lambda_function_event_invoke_config: "failure handling of function",
  aws_lambda_permission: "invoke permission on function",
  aws_cloudwatch_metric_alarm: "alarm",
  aws_cloudwatch_log_group: "log group",
  aws_cloudwatch_log_metric_filter: "metric filter",
  aws_sqs_queue: "queue",
  aws_sqs_queue_policy: "policy of queue",
  aws_sns_topic: "topic",
  aws_sns_topic_policy: "policy of topic",
  aws_sns_topic_subscription: "subscription to",
  aws_iam_account_password_policy: "password policy",
  aws_iam_account_alias: "account alias",
};

/** Schedules, functions, queues and alarms that are weaker than before, or gone. */
export function safeguardDrafts(
  { before, after }: { readonly before: AccessGraph; readonly after: AccessGraph },
  addresses: ReadonlyMap<string, string>,
  isNew: boolean,
): readonly Draft[] {
  const now = new Map(after.safeguards.map((one) => [`${one.type} ${one.address}`, one]));
  const named = new Map(after.safeguards.map((one) => [`${one.type} ${one.name}`, one]));
  const matched = new Set<Safeguard>();
  const drafts = before.safeguards.flatMap((was): readonly Draft[] => {
    const address = addresses.get(was.address) ?? was.address;
    const is = now.get(`${was.type} ${address}`) ?? named.get(`${was.type} ${was.name}`);
    if (is === undefined || matched.has(is)) return [removedDraft(was)];
    matched.add(is);
    return changedDrafts(was, is);
  });
  const rest = after.safeguards.filter((one) => !matched.has(one));
  return [...drafts, ...rest.flatMap((one) => addedDrafts(one, isNew)), ...lostRules(before, after)];
}

/** The rules may change places, from a variable to an event: they are compared wherever they are. */
function lostRules(before: AccessGraph, after: AccessGraph): readonly Draft[] {
  const [was, is] = [keyRulesOf(before), keyRulesOf(after)];
  if (was === undefined || is === undefined) return [];
  const place = (graph: AccessGraph) =>
    graph.safeguards.some(
      ({ attributes }) => variablesOf(attributes["environment"])["KEY_RULES"] === "event",
    );
  if (place(before) === place(after)) return [];
  const [func] = after.safeguards.filter(({ type }) => type === "aws_lambda_function");
  return keyRuleWeaknesses(was, is).map(({ severity, words }) =>
    draft(
      func ?? { type: "", name: "key rules", address: "key-rules", attributes: {} },
      { severity, words: `function ${func?.name ?? ""} ${words}` },
      [],
    ),
  );
}

function removedDraft(was: Safeguard): Draft {
  return {
    rule: "safeguard-removed",
    severity: was.type === "aws_iam_account_alias" ? "low" : "high",
    category: "hygiene",
    address: was.address,
    subjects: [],
    predicate: `${WORDS[was.type] ?? was.type} ${was.name} is removed`,
    remedy: "Keep it: without it, keys stay active or nobody hears of a failure.",
  };
}

function addedDrafts(one: Safeguard, isNew: boolean): readonly Draft[] {
  if (one.type === "aws_lambda_permission") {
    const who = String(one.attributes["principal"] ?? "");
    const anybody = who === "*";
    if (isNew && !anybody) return [];
    return [
      draft(
        one,
        anybody
          ? {
              severity: "critical",
              words: `anybody may invoke function ${String(one.attributes["function_name"])}`,
            }
          : medium(`${who} may invoke function ${String(one.attributes["function_name"])} from now on`),
        [],
      ),
    ];
  }
  if (one.type === "aws_iam_outbound_web_identity_federation" && !isNew) {
    const words = "the account issues tokens about its identities, which services outside of AWS may trust";
    return [draft(one, medium(words), [])];
  }
  if (isNew || one.type !== "aws_sns_topic_subscription") return [];
  return [
    draft(
      one,
      low(`${String(one.attributes["protocol"])} ${String(one.attributes["endpoint"])} is told from now on`),
      [],
    ),
  ];
}

function changedDrafts(was: Safeguard, is: Safeguard): readonly Draft[] {
  const what = `${WORDS[was.type] ?? was.type} ${is.name}`;
  const names = [...new Set([...Object.keys(was.attributes), ...Object.keys(is.attributes)])];
  return names.flatMap((attribute) => {
    const fallback = SILENT[was.type]?.[attribute];
    const [before, after] = [was.attributes[attribute] ?? fallback, is.attributes[attribute] ?? fallback];
    if (comparable(before) === comparable(after)) return [];
    const judge = JUDGES[was.type]?.[attribute] ?? anyChange("low", `changes (${attribute})`);
    const result = isUnknown(after)
      ? medium(`${what}: ${attribute} is not known before the apply`)
      : judge(before, after, { what, attribute, attributes: is.attributes });
    const evidence = capped([...shown("-", attribute, before), ...shown("+", attribute, after)]);
    const list =
      result === undefined
        ? []
        : Array.isArray(result)
          ? (result as readonly Judgement[])
          : [result as Judgement];
    return list.map((judgement) => draft(is, judgement, evidence));
  });
}

function draft(one: Safeguard, { severity, words, isNote }: Judgement, evidence: readonly string[]): Draft {
  return {
    rule: isNote === true ? "safeguard-changed" : "safeguard-weakened",
    severity,
    category: "hygiene",
    address: one.address,
    subjects: [],
    predicate: words,
    remedy:
      isNote === true
        ? "Nothing, if it is meant."
        : "Keep it as strict as it was, or say in the pull request why not.",
    evidence,
    isNote: isNote ?? false,
  };
}

function isUnknown(value: unknown): value is { readonly reason: string } {
  return typeof value === "object" && value !== null && (value as { unknown?: unknown }).unknown === true;
}

/** Without order where there is none, and without the addresses of unknown values. */
function comparable(value: unknown): string {
  return (
    JSON.stringify(value, (_key, item: unknown) => {
      if (isUnknown(item)) return { unknown: item.reason };
      // a file may write 1 or "1", true or "true"
      if (typeof item === "number" || typeof item === "boolean") return String(item);
      if (Array.isArray(item) && item.every((one) => typeof one === "string")) return [...item].sort();
      if (typeof item === "object" && item !== null && !Array.isArray(item)) {
        return Object.fromEntries(Object.entries(item).sort(([left], [right]) => (left < right ? -1 : 1)));
      }
      return item;
    }) ?? ""
  );
}

function shown(sign: string, attribute: string, value: unknown): readonly string[] {
  if (value === undefined) return [];
  return [`${sign} ${attribute}: ${typeof value === "string" ? value : (JSON.stringify(value) ?? "")}`];
}
