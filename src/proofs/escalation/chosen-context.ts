import { parseConditionOperator } from "../../iam/evaluation/condition-operators";
import type { CompiledStatement } from "../../iam/evaluation/statement-match";
import { listOf } from "../../iam/policy-document";

type Context = Readonly<Record<string, string>>;

/**
 * Keys whose values follow from who calls, how, from where and on what. All others are the caller's own words: which
 * policy it attaches, to which service it passes a role, which tags it gives.
 */
const DERIVED =
  /^(?:aws:(?:principal|source|multifactor|username|userid|tokenissue|via|calledvia|resource|currenttime|epochtime|secure|vpc|federated|ec2|useragent|referer)|iam:resourcetag|.*:resourcetag\/)/;

const NOTHING: readonly Context[] = [{}];
const contexts = new WeakMap<CompiledStatement, Context | "none">();

/**
 * What a caller may write into a request so that one of these Allows applies: nothing, or what the conditions of one of
 * them name.
 */
export function chosenContexts(allowing: readonly CompiledStatement[]): readonly Context[] {
  const found = allowing.flatMap((compiled) => {
    const context = contextOf(compiled);
    return context === "none" ? [] : [context];
  });
  return found.length === 0 ? NOTHING : [{}, ...found];
}

function contextOf(compiled: CompiledStatement): Context | "none" {
  const present = contexts.get(compiled);
  if (present !== undefined) return present;
  const chosen: Record<string, string> = {};
  for (const [written, keys] of Object.entries(compiled.statement.Condition ?? {})) {
    const operator = parseConditionOperator(written);
    if (operator === undefined || operator.negated || operator.comparison.type === "null") continue;
    for (const [key, values] of Object.entries(keys)) {
      const [value] = listOf(values).map(String);
      if (value === undefined || DERIVED.test(key.toLowerCase())) continue;
      chosen[key.toLowerCase()] = value.replaceAll("*", "other").replaceAll("?", "o");
    }
  }
  const context = Object.keys(chosen).length === 0 ? "none" : chosen;
  contexts.set(compiled, context);
  return context;
}
