import type { AccessGraph, Safeguard } from "../../access/graph";
import type { Severity } from "../../findings/severity";
import { type Draft, listed } from "../review-finding";
import { capped } from "../statement-diff";
import { keyRulesOf, keyRuleWeaknesses, readRules, variablesOf } from "./key-rules";
import { runsPerYear } from "./schedule-frequency";

interface Judgement {
  readonly severity: Severity;
  readonly words: string;
  /** Told, never raised. */
  readonly isNote?: boolean;
}

type Judge = (before: unknown, after: unknown, names: Names) => Judgement | readonly Judgement[] | undefined;

interface Names {
  readonly what: string;
  readonly attribute: string;
  /** All attributes as they will be, for those that only mean something together. */
  readonly attributes: Readonly<Record<string, unknown>>;
}

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

const high = (words: string): Judgement => ({ severity: "high", words });
const medium = (words: string): Judgement => ({ severity: "medium", words });
const low = (words: string): Judgement => ({ severity: "low", words });
const note = (words: string): Judgement => ({ severity: "info", words, isNote: true });

const becomes =
  (severity: Severity, wanted: (value: unknown) => boolean, words: string): Judge =>
  (before, after, { what, attribute }) =>
    wanted(before) && !wanted(after)
      ? { severity, words: `${what} ${words}` }
      : note(`${what} changes (${attribute})`);

const isOn = (value: unknown) => value === true || value === "true";

/** A number that must not fall (or rise): absent counts as `absent`. */
const number =
  (bad: "lower" | "higher", severity: Severity, absent: number, words = ""): Judge =>
  (before, after, { what, attribute }) => {
    const [was, is] = [before, after].map((value) => (value === undefined ? absent : Number(value)));
    if (was === undefined || is === undefined || was === is) return undefined;
    const isWorse = bad === "lower" ? is < was : is > was;
    const [old, now] = [was, is].map((value) => (value === Infinity ? "without limit" : String(value)));
    const text = `${what}: ${attribute} ${old} becomes ${now}${words}`;
    return isWorse ? { severity, words: text } : note(text);
  };

const anyChange =
  (severity: Severity, words: string): Judge =>
  (_before, _after, { what }) => ({ severity, words: `${what} ${words}`, isNote: severity === "info" });

/** Entries of a list that go; more of them is fine. */
const entriesKept =
  (severity: Severity, words: string): Judge =>
  (before, after, { what, attribute }) => {
    const is = texts(after);
    const gone = texts(before).filter((item) => !is.includes(item));
    return gone.length === 0
      ? note(`${what} gets further ${attribute}`)
      : { severity, words: `${what} ${words}` };
  };

const blockKept =
  (severity: Severity, gone: string, changed: string): Judge =>
  (before, after, { what, attribute }) =>
    before === undefined
      ? note(`${what} gets ${attribute}`)
      : after === undefined
        ? { severity, words: `${what} ${gone}` }
        : { severity: "medium", words: `${what} ${changed}` };

function texts(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : value === undefined ? [] : [value]).map((item) =>
    JSON.stringify(item),
  );
}

const scheduleExpression: Judge = (before, after, { what }) => {
  const [was, is] = [runsPerYear(before), runsPerYear(after)];
  const text = `${what} runs by ${String(after)} instead of ${String(before)}`;
  if (was === undefined || is === undefined) return medium(`${text}: whether it runs as often is not known`);
  return is < was * 0.999 ? high(`${text}: less often`) : note(text);
};

const target: Judge = (before, after, { what }) => {
  const [[was], [is]] = [before, after].map((value) => (Array.isArray(value) ? value : [value])) as [
    [Record<string, unknown> | undefined],
    [Record<string, unknown> | undefined],
  ];
  const differs = (name: string) => JSON.stringify(was?.[name]) !== JSON.stringify(is?.[name]);
  const found: Judgement[] = [];
  if (differs("arn"))
    found.push(high(`${what} calls ${String(is?.["arn"] ?? "nothing")} instead of ${String(was?.["arn"])}`));
  if (differs("role_arn")) found.push(medium(`${what} runs with another role`));
  if (differs("dead_letter_config")) {
    found.push(
      is?.["dead_letter_config"] === undefined
        ? high(`${what} loses its dead-letter queue: a run that could not start leaves no trace`)
        : medium(`${what} sends runs that could not start elsewhere`),
    );
  }
  if (differs("retry_policy")) found.push(retryJudgement(was?.["retry_policy"], is?.["retry_policy"], what));
  if (differs("input")) found.push(...keyRuleJudgements(was?.["input"], is?.["input"], what));
  const known = ["arn", "role_arn", "dead_letter_config", "retry_policy", "input"];
  const others = Object.keys({ ...was, ...is }).filter((name) => !known.includes(name) && differs(name));
  if (others.length > 0) found.push(medium(`${what} calls its target otherwise (${listed(others)})`));
  return found;
};

/** @see https://docs.aws.amazon.com/scheduler/latest/APIReference/API_RetryPolicy.html */
function retryJudgement(before: unknown, after: unknown, what: string): Judgement {
  const [was, is] = [before, after].map((value) => {
    const [block] = (Array.isArray(value) ? value : [value]) as [Record<string, unknown> | undefined];
    return [
      Number(block?.["maximum_retry_attempts"] ?? 185),
      Number(block?.["maximum_event_age_in_seconds"] ?? 86_400),
    ];
  });
  const [attempts = 0, age = 0] = is ?? [];
  const [attemptsBefore = 0, ageBefore = 0] = was ?? [];
  if (attempts === 0 && attemptsBefore > 0)
    return medium(`${what} no longer tries again a run that could not start`);
  return attempts < attemptsBefore || age < ageBefore
    ? low(`${what} tries again less often a run that could not start`)
    : note(`${what} tries again more often a run that could not start`);
}

function keyRuleJudgements(before: unknown, after: unknown, what: string): readonly Judgement[] {
  const [was, is] = [before, after].map((value) =>
    typeof value === "string" ? readRules(value) : undefined,
  );
  if (was === undefined) return is === undefined ? [medium(`${what} gets another input`)] : [];
  if (is === undefined) return [high(`${what}: the key rules are gone, or cannot be read`)];
  return keyRuleWeaknesses(was, is).map(({ severity, words }) => ({ severity, words: `${what} ${words}` }));
}

const isKeyRules = (value: unknown) => typeof value === "string" && readRules(value) !== undefined;

/** @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-modify.html */
const DECIDES_CODE =
  /^(?:NODE_OPTIONS|NODE_PATH|NODE_EXTRA_CA_CERTS|NODE_TLS_REJECT_UNAUTHORIZED|LD_PRELOAD|LD_LIBRARY_PATH|PYTHONPATH|AWS_LAMBDA_EXEC_WRAPPER|AWS_ENDPOINT_URL.*|AWS_(?:ACCESS|SECRET|SESSION)_.*|(?:HTTPS?|ALL)_PROXY)$/i;

const functionVariables: Judge = (before, after, { what }) => {
  const [was, is] = [variablesOf(before), variablesOf(after)];
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(
    (name) => JSON.stringify(was[name]) !== JSON.stringify(is[name]),
  );
  return names.flatMap((name): readonly Judgement[] => {
    if (name === "DRY_RUN") {
      return is[name] === "false"
        ? [note(`${what} acts from now on (DRY_RUN off)`)]
        : [high(`${what} only pretends from now on (DRY_RUN ${is[name] ?? "removed"}): keys stay active`)];
    }
    if (name === "KEY_RULES") {
      // large rules travel with the event, and are compared there
      if (was[name] === "event" || is[name] === "event") return [];
      return keyRuleJudgements(was[name], is[name], what);
    }
    if (name === "AUDIT_SCOPE") return auditScope(was[name], is[name], what);
    if (/^(?:LOG_LEVEL|POWERTOOLS_.*)$/.test(name)) return [note(`${what} logs otherwise (${name})`)];
    if (DECIDES_CODE.test(name) && is[name] !== undefined)
      return [high(`${what} gets ${name}: it decides which code runs, or whom the function talks to`)];
    if (name === "TOPIC_ARN") return [high(`${what} tells another topic of what it did`)];
    if (is[name] === undefined) return [medium(`${what} loses its setting ${name}`)];
    return [low(`${what} gets another value of ${name}`)];
  });
};

/** What the audit is told to let pass: exceptions, and weaker rules. Users come and go with the environment. */
function auditScope(before: unknown, after: unknown, what: string): readonly Judgement[] {
  const [was, is] = [before, after].map(parsedScope);
  if (is === undefined)
    return before === "event" || after === "event" ? [] : [high(`${what}: what to audit is gone`)];
  if (was === undefined) return [low(`${what} audits another scope`)];
  const excepted = texts(is.acceptances).filter((item) => !texts(was.acceptances).includes(item));
  const rules = [was.keyRules, is.keyRules].map((value) =>
    value === undefined ? undefined : readRules(JSON.stringify(value)),
  );
  const [old, now] = rules;
  const weaker =
    old === undefined
      ? []
      : now === undefined
        ? [medium(`${what} no longer knows the key rules`)]
        : keyRuleWeaknesses(old, now).map(({ words }) => medium(`${what} ${words}`));
  return [
    ...(excepted.length > 0 ? [medium(`${what} lets pass what it found: ${listed(excepted, 2)}`)] : []),
    ...weaker,
    ...(JSON.stringify(was.paths) === JSON.stringify(is.paths)
      ? []
      : [medium(`${what} looks under other paths`)]),
    ...(JSON.stringify(was.users) === JSON.stringify(is.users)
      ? []
      : [note(`${what} knows other users as declared`)]),
  ];
}

interface AuditScopeText {
  readonly acceptances?: unknown;
  readonly keyRules?: unknown;
  readonly paths?: unknown;
  readonly users?: unknown;
}

function parsedScope(text: unknown): AuditScopeText | undefined {
  try {
    const value: unknown = JSON.parse(String(text));
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

const concurrency: Judge = (before, after, { what }) => {
  if (Number(after) === 0) return high(`${what} can never run: its reserved concurrency is 0`);
  return Number(before) === 1
    ? medium(`${what} may run several times at once: its reserved concurrency is gone`)
    : note(`${what} changes concurrency`);
};

/** Whether an alarm goes off later depends on which side of the threshold it watches. */
const threshold: Judge = (before, after, { what, attributes }) => {
  const operator = String(attributes["comparison_operator"]);
  const side = /^Greater/.test(operator) ? 1 : /^LessThan(?:Or|Thr)/.test(operator) ? -1 : 0;
  const text = `${what} has another threshold: ${String(after)} instead of ${String(before)}`;
  if (side === 0 || before === undefined || after === undefined) return medium(text);
  return (Number(after) - Number(before)) * side <= 0 ? note(text) : medium(`${text}, so it goes off later`);
};

const invoker: Judge = (_before, after, { attributes }) => {
  const called = String(attributes["function_name"]);
  return after === "*"
    ? { severity: "critical", words: `anybody may invoke function ${called}` }
    : high(`${String(after ?? "nobody")} may invoke function ${called} from now on`);
};

const invokingSource: Judge = (before, after, { what, attribute }) =>
  after === undefined
    ? high(`${what} is no longer held to its ${attribute}: others may reach it by the same service`)
    : before === undefined
      ? note(`${what} is held to a ${attribute}`)
      : medium(`${what} is for another ${attribute}: ${String(after)}`);

const retention: Judge = (before, after, { what }) => {
  const [was, is] = [before, after].map((value) =>
    value === undefined || Number(value) === 0 ? Infinity : Number(value),
  );
  if (was === undefined || is === undefined || was === is) return undefined;
  const days = (value: number) => (value === Infinity ? "for ever" : `${value} days`);
  const text = `${what} is kept ${days(is)} instead of ${days(was)}`;
  return is < was ? medium(text) : note(text);
};

const JUDGES: Readonly<Record<string, Readonly<Record<string, Judge>>>> = {
  aws_scheduler_schedule: {
    state: becomes("high", (value) => value === undefined || value === "ENABLED", "is switched off"),
    schedule_expression: scheduleExpression,
    schedule_expression_timezone: anyChange("info", "runs in another time zone"),
    start_date: blockKept("low", "loses its start", "starts at another time"),
    end_date: (_before, after, { what }) =>
      after === undefined ? note(`${what} has no end any more`) : high(`${what} ends at ${String(after)}`),
    flexible_time_window: anyChange("info", "runs in another time window"),
    target,
    group_name: anyChange("low", "moves to another group"),
  },
  aws_cloudwatch_event_rule: {
    state: becomes("high", (value) => value === undefined || value === "ENABLED", "is switched off"),
    is_enabled: becomes("high", (value) => value !== false, "is switched off"),
    schedule_expression: scheduleExpression,
    event_pattern: anyChange("medium", "matches other events"),
  },
  aws_cloudwatch_event_target: {
    arn: anyChange("high", "sends events elsewhere"),
    role_arn: anyChange("medium", "runs with another role"),
    input: (before, after, { what }) => {
      const judged = keyRuleJudgements(before, after, what);
      return judged.length > 0 || isKeyRules(before) ? judged : medium(`${what} gets another input`);
    },
    input_path: anyChange("medium", "gets another input"),
    input_transformer: anyChange("medium", "gets another input"),
    dead_letter_config: blockKept(
      "high",
      "loses its dead-letter queue: a run that could not start leaves no trace",
      "sends runs that could not start elsewhere",
    ),
  },
  aws_lambda_function: {
    environment: functionVariables,
    reserved_concurrent_executions: concurrency,
    timeout: number("lower", "medium", 3, " seconds"),
    memory_size: number("lower", "low", 128, " MB"),
    role: anyChange("high", "runs with another role"),
    filename: anyChange("info", "gets other code"),
    source_code_hash: anyChange(
      "info",
      "gets other code: review the source, this shows only that it is replaced",
    ),
    s3_key: anyChange("medium", "gets other code, from a bucket"),
    s3_bucket: anyChange("high", "gets its code from another bucket"),
    image_uri: anyChange("medium", "gets another image"),
    handler: anyChange("medium", "starts another handler"),
    runtime: anyChange("info", "gets another runtime"),
    layers: anyChange("high", "gets other layers: code of others that runs before its own"),
    vpc_config: anyChange("medium", "moves to another network"),
    dead_letter_config: blockKept("medium", "loses its dead-letter queue", "has another dead-letter queue"),
    logging_config: anyChange("medium", "logs elsewhere or less"),
  },
  aws_lambda_permission: {
    principal: invoker,
    source_arn: invokingSource,
    source_account: invokingSource,
    principal_org_id: invokingSource,
    function_name: anyChange("high", "is for another function"),
    action: anyChange("medium", "is for another action"),
  },
  aws_lambda_function_event_invoke_config: {
    destination_config: blockKept(
      "high",
      "loses the queue for failed runs: a failure leaves no trace",
      "sends failed runs elsewhere",
    ),
    maximum_retry_attempts: number("lower", "medium", 2),
    maximum_event_age_in_seconds: number("lower", "low", 21_600),
  },
  aws_cloudwatch_metric_alarm: {
    actions_enabled: becomes(
      "high",
      (value) => value === undefined || isOn(value),
      "tells nobody any more: its actions are switched off",
    ),
    alarm_actions: entriesKept("high", "no longer tells whom it told"),
    ok_actions: anyChange("info", "changes what it tells when all is well"),
    insufficient_data_actions: entriesKept("medium", "no longer tells when data is missing"),
    threshold,
    evaluation_periods: number("higher", "medium", 1),
    datapoints_to_alarm: number("higher", "medium", 1),
    period: number("higher", "medium", 60, " seconds"),
    treat_missing_data: becomes(
      "high",
      (value) => value === "breaching",
      "takes missing data as fine: silence is no alarm any more",
    ),
    comparison_operator: anyChange("high", "compares otherwise"),
    metric_name: anyChange("high", "looks at another metric"),
    namespace: anyChange("high", "looks at another metric"),
    dimensions: anyChange("high", "looks at another metric"),
    metric_query: anyChange("high", "looks at another metric"),
    statistic: anyChange("medium", "looks at another statistic"),
  },
  aws_cloudwatch_log_group: {
    retention_in_days: retention,
    kms_key_id: blockKept("medium", "is no longer encrypted by its key", "is encrypted by another key"),
    skip_destroy: anyChange("info", "changes"),
    log_group_class: anyChange("low", "changes its class"),
  },
  aws_cloudwatch_log_metric_filter: { pattern: anyChange("high", "counts other lines") },
  aws_sqs_queue: {
    message_retention_seconds: number("lower", "medium", 345_600, " seconds"),
    sqs_managed_sse_enabled: becomes(
      "medium",
      (value) => value === undefined || isOn(value),
      "is no longer encrypted",
    ),
    kms_master_key_id: blockKept(
      "medium",
      "is no longer encrypted by its key",
      "is encrypted by another key",
    ),
    policy: () => undefined,
    redrive_policy: blockKept("low", "loses its redrive policy", "redrives elsewhere"),
  },
  aws_sqs_queue_policy: { policy: () => undefined },
  aws_sns_topic: {
    policy: () => undefined,
    kms_master_key_id: blockKept("medium", "is no longer encrypted", "is encrypted by another key"),
  },
  aws_sns_topic_policy: { policy: () => undefined },
  aws_sns_topic_subscription: {
    endpoint: anyChange("high", "tells somebody else"),
    filter_policy: anyChange("medium", "tells of other messages"),
    redrive_policy: anyChange("low", "redrives elsewhere"),
  },
  aws_iam_account_password_policy: {
    minimum_password_length: number("lower", "medium", 6),
    password_reuse_prevention: number("lower", "medium", 0),
    max_password_age: (before, after, names) =>
      number("higher", "medium", Infinity)(Number(before) || undefined, Number(after) || undefined, names),
    require_lowercase_characters: becomes("medium", isOn, "no longer asks for lower case"),
    require_uppercase_characters: becomes("medium", isOn, "no longer asks for upper case"),
    require_numbers: becomes("medium", isOn, "no longer asks for numbers"),
    require_symbols: becomes("medium", isOn, "no longer asks for symbols"),
    allow_users_to_change_password: anyChange("info", "changes who may change passwords"),
    hard_expiry: anyChange("low", "changes what an expired password may do"),
  },
  aws_iam_account_alias: { account_alias: anyChange("low", "changes: people sign in at another address") },
  aws_iam_security_token_service_preferences: {
    global_endpoint_token_version: (_before, after, { what }) =>
      String(after).startsWith("v1")
        ? low(`${what}: session tokens of the old format, which hold in fewer regions`)
        : note(`${what}: session tokens of the new format`),
  },
  aws_iam_organizations_features: {
    enabled_features: entriesKept("high", "loses a feature that locks root users away"),
  },
};

/** Defaults that a file may leave out or write. */
const SILENT: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  aws_scheduler_schedule: { state: "ENABLED", schedule_expression_timezone: "UTC", group_name: "default" },
  aws_cloudwatch_metric_alarm: { actions_enabled: true, treat_missing_data: "missing" },
  aws_sqs_queue: { sqs_managed_sse_enabled: true, message_retention_seconds: 345_600 },
  aws_cloudwatch_event_rule: { state: "ENABLED", is_enabled: true },
  aws_lambda_function: { reserved_concurrent_executions: -1, package_type: "Zip" },
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
