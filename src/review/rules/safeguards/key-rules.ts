import { parseKeyRules, readKeyRules } from "../../../credentials/parse-key-rules";
import type { ResolvedKeyRule, ResolvedKeyRules } from "../../../credentials/resolved-key-rules";
import type { Severity } from "../../../findings/severity";
import type { AccessGraph } from "../../../iam/graph";

/** What weakens the rules by which keys are deactivated, in words. */
export interface KeyRuleWeakness {
  readonly severity: Severity;
  readonly words: string;
}

/** Rules of a function's variable, or of the input that its schedule sends; nothing where neither holds rules. */
export function keyRulesOf(graph: AccessGraph): ResolvedKeyRules | undefined {
  for (const { type, attributes } of graph.safeguards) {
    const text =
      type === "aws_lambda_function"
        ? variablesOf(attributes["environment"])["KEY_RULES"]
        : type === "aws_scheduler_schedule"
          ? inputOf(attributes["target"])
          : undefined;
    const rules = text === undefined ? undefined : readRules(text);
    if (rules !== undefined) return rules;
  }
  return undefined;
}

export function readRules(text: string): ResolvedKeyRules | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const carried = (value as { keyRules?: unknown } | null)?.keyRules;
    return carried === undefined ? parseKeyRules(text, "KEY_RULES") : readKeyRules(carried, "event.keyRules");
  } catch {
    return undefined;
  }
}

export function variablesOf(environment: unknown): Readonly<Record<string, string>> {
  const [block] = Array.isArray(environment) ? environment : [environment];
  const variables: unknown = (block as { variables?: unknown } | undefined)?.variables;
  return typeof variables === "object" && variables !== null ? (variables as Record<string, string>) : {};
}

function inputOf(target: unknown): string | undefined {
  const [block] = Array.isArray(target) ? target : [target];
  const input: unknown = (block as { input?: unknown } | undefined)?.input;
  return typeof input === "string" ? input : undefined;
}

/** Every key that the old rules deactivated must be deactivated by the new ones, no later. */
export function keyRuleWeaknesses(
  before: ResolvedKeyRules,
  after: ResolvedKeyRules,
): readonly KeyRuleWeakness[] {
  const found: KeyRuleWeakness[] = [];
  const add = (severity: Severity, words: string) => found.push({ severity, words });
  const within = (path: string, list: readonly string[]) => list.some((start) => path.startsWith(start));
  for (const path of before.managedPaths) {
    if (!within(path, after.managedPaths)) add("high", `no longer looks after users of path ${path}`);
  }
  for (const path of after.exemptPaths) {
    if (!within(path, before.exemptPaths)) add("high", `exempts users of path ${path} from every rule`);
  }
  for (const rule of before.rules) {
    const weaker = ruleWeakness(rule, after.rules);
    if (weaker !== undefined) add("high", weaker);
  }
  const [old = 0, current = 0] = [before.reactivationMaxHours, after.reactivationMaxHours];
  if (current > old)
    add("medium", `lets a key stay active for ${current} h after a reactivation instead of ${old} h`);
  return found;
}

function ruleWeakness(rule: ResolvedKeyRule, others: readonly ResolvedKeyRule[]): string | undefined {
  const lost: string[] = [];
  for (const [condition, words] of conditionsOf(rule)) {
    const uncovered = scopeOf(rule).filter(
      (place) => !others.some((other) => reaches(other, place) && condition(other)),
    );
    if (uncovered.length > 0)
      lost.push(`${words} no longer holds for ${uncovered.map(({ text }) => text).join(", ")}`);
  }
  return lost.length === 0 ? undefined : `rule ${rule.name}: ${lost.join("; ")}`;
}

interface Place {
  readonly kind: "paths" | "users";
  readonly text: string;
}

function scopeOf({ paths = [], users = [] }: ResolvedKeyRule): readonly Place[] {
  return [
    ...paths.map((text) => ({ kind: "paths" as const, text })),
    ...users.map((text) => ({ kind: "users" as const, text })),
  ];
}

function reaches({ paths = [], users = [] }: ResolvedKeyRule, { kind, text }: Place): boolean {
  return kind === "paths" ? paths.some((path) => text.startsWith(path)) : users.includes(text);
}

type Holds = (other: ResolvedKeyRule) => boolean;

/** What a rule asks, each with whether another rule asks at least as much. */
function conditionsOf(rule: ResolvedKeyRule): readonly (readonly [Holds, string])[] {
  const { nightly, maxAgeDays, unusedDays, freshDays = 7, supersededDays } = rule;
  const conditions: (readonly [Holds, string])[] = [];
  if (nightly === true) conditions.push([(other) => other.nightly === true, "the nightly deactivation"]);
  const limit = (name: "maxAgeDays" | "supersededDays", value: number | undefined, words: string) => {
    if (value === undefined) return;
    conditions.push([(other) => other.nightly === true || (other[name] ?? Infinity) <= value, words]);
  };
  limit("maxAgeDays", maxAgeDays, `the limit of ${maxAgeDays} days of age`);
  limit("supersededDays", supersededDays, `the limit of ${supersededDays} days after a rotation`);
  if (unusedDays !== undefined) {
    conditions.push([
      (other) =>
        other.nightly === true ||
        (other.maxAgeDays ?? Infinity) <= unusedDays ||
        ((other.unusedDays ?? Infinity) <= unusedDays && (other.freshDays ?? 7) <= freshDays),
      `the limit of ${unusedDays} days without use`,
    ]);
  }
  return conditions;
}
