import { listed } from "../../review-finding";
import { high, type Judge, type Judgement, low, medium, note, texts } from "./judgement";
import { keyRuleWeaknesses, readRules, variablesOf } from "./key-rules";

export function keyRuleJudgements(before: unknown, after: unknown, what: string): readonly Judgement[] {
  const [old, current] = [before, after].map((value) =>
    typeof value === "string" ? readRules(value) : undefined,
  );
  if (old === undefined) return current === undefined ? [medium(`${what} gets another input`)] : [];
  if (current === undefined) return [high(`${what}: the key rules are gone, or cannot be read`)];
  return keyRuleWeaknesses(old, current).map(({ severity, words }) => ({
    severity,
    words: `${what} ${words}`,
  }));
}

export const isKeyRules = (value: unknown) => typeof value === "string" && readRules(value) !== undefined;

/** @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-modify.html */
const DECIDES_CODE =
  /^(?:NODE_OPTIONS|NODE_PATH|NODE_EXTRA_CA_CERTS|NODE_TLS_REJECT_UNAUTHORIZED|LD_PRELOAD|LD_LIBRARY_PATH|PYTHONPATH|AWS_LAMBDA_EXEC_WRAPPER|AWS_ENDPOINT_URL.*|AWS_(?:ACCESS|SECRET|SESSION)_.*|(?:HTTPS?|ALL)_PROXY)$/i;

/** A newer version of the same language runs the same code; an older one may be retired, another language runs nothing. */
export const runtime: Judge = (before, after, { what }) => {
  const [old, current] = [before, after].map((value) =>
    /^([a-z]+?)(\d+)?(?:\.(\d+))?(?:\.x)?$/.exec(String(value)),
  );
  const text = `${what} runs on ${String(after)} instead of ${String(before)}`;
  if (old?.[1] === undefined || old[1] !== current?.[1])
    return high(`${text}: its code does not start there`);
  const version = (match: RegExpExecArray) => Number(match[2]) * 1000 + Number(match[3] ?? 0);
  return version(current) >= version(old) ? note(text) : medium(`${text}: an older version`);
};

export const functionVariables: Judge = (before, after, { what }) => {
  const [old, current] = [variablesOf(before), variablesOf(after)];
  const names = [...new Set([...Object.keys(old), ...Object.keys(current)])].filter(
    (name) => JSON.stringify(old[name]) !== JSON.stringify(current[name]),
  );
  return names.flatMap((name): readonly Judgement[] => {
    if (name === "DRY_RUN") {
      return current[name] === "false"
        ? [note(`${what} acts from now on (DRY_RUN off)`)]
        : [
            high(
              `${what} only pretends from now on (DRY_RUN ${current[name] ?? "removed"}): keys stay active`,
            ),
          ];
    }
    if (name === "KEY_RULES") {
      // large rules travel with the event, and are compared there
      if (old[name] === "event" || current[name] === "event") return [];
      return keyRuleJudgements(old[name], current[name], what);
    }
    if (name === "AUDIT_SCOPE") return auditScope(old[name], current[name], what);
    if (/^(?:LOG_LEVEL|POWERTOOLS_.*)$/.test(name)) return [note(`${what} logs otherwise (${name})`)];
    if (DECIDES_CODE.test(name) && current[name] !== undefined)
      return [high(`${what} gets ${name}: it decides which code runs, or whom the function talks to`)];
    if (name === "TOPIC_ARN") return [high(`${what} tells another topic of what it did`)];
    if (current[name] === undefined) return [medium(`${what} loses its setting ${name}`)];
    return [low(`${what} gets another value of ${name}`)];
  });
};

/** What the audit is told to let pass: exceptions, and weaker rules. Users come and go with the environment. */
function auditScope(before: unknown, after: unknown, what: string): readonly Judgement[] {
  const [old, current] = [before, after].map(parsedScope);
  if (current === undefined)
    return before === "event" || after === "event" ? [] : [high(`${what}: what to audit is gone`)];
  if (old === undefined) return [low(`${what} audits another scope`)];
  const excepted = texts(current.acceptances).filter((item) => !texts(old.acceptances).includes(item));
  const [oldRules, rules] = [old.keyRules, current.keyRules].map((value) =>
    value === undefined ? undefined : readRules(JSON.stringify(value)),
  );
  const weaker =
    oldRules === undefined
      ? []
      : rules === undefined
        ? [medium(`${what} no longer knows the key rules`)]
        : keyRuleWeaknesses(oldRules, rules).map(({ words }) => medium(`${what} ${words}`));
  return [
    ...(excepted.length > 0 ? [medium(`${what} lets pass what it found: ${listed(excepted, 2)}`)] : []),
    ...weaker,
    ...(JSON.stringify(old.paths) === JSON.stringify(current.paths)
      ? []
      : [medium(`${what} looks under other paths`)]),
    ...(JSON.stringify(old.users) === JSON.stringify(current.users)
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

export const concurrency: Judge = (before, after, { what }) => {
  if (Number(after) === 0) return high(`${what} can never run: its reserved concurrency is 0`);
  return Number(before) === 1
    ? medium(`${what} may run several times at once: its reserved concurrency is gone`)
    : note(`${what} changes concurrency`);
};

export const invoker: Judge = (_before, after, { attributes }) => {
  const called = String(attributes["function_name"]);
  return after === "*"
    ? { severity: "critical", words: `anybody may invoke function ${called}` }
    : high(`${String(after ?? "nobody")} may invoke function ${called} from now on`);
};

export const invokingSource: Judge = (before, after, { what, attribute }) =>
  after === undefined
    ? high(`${what} is no longer held to its ${attribute}: others may reach it by the same service`)
    : before === undefined
      ? note(`${what} is held to a ${attribute}`)
      : medium(`${what} is for another ${attribute}: ${String(after)}`);
