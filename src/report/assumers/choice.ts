import { type Demand, demandsAbsence, demandText, isPositive, matching } from "./demands";

/** Condition keys of a request as a caller chooses them, so that the conditions of one statement hold. */
export interface Choice {
  readonly context: Readonly<Record<string, string | readonly string[]>>;
  /** Keys that the request must not carry. */
  readonly absent: readonly string[];
  /** What was chosen, in words. */
  readonly words: readonly string[];
}

/** Keys that are varied for every caller: where it calls from, and with which MFA. */
const VARIED = /^aws:(?:multifactorauth(?:present|age)|sourceip|sourcevpc)$/;

/** What only AWS's own clock says. */
const CLOCK = /^aws:(?:currenttime|epochtime|tokenissuetime)$/;

/** Keys that only a token or an assertion of an identity provider carries: `gitlab.com:sub`, `saml:aud`. */
export function isClaimKey(lowerKey: string): boolean {
  return /^saml:|^[^:]*\.[^:]*.*:/.test(lowerKey);
}

/**
 * What fulfils the demands of a statement on keys of a request. Keys that follow from who calls, and those that are
 * varied, are left alone; whether the choice is good enough, the evaluator says.
 *
 * @param isChosen whether a key is the caller's to choose
 */
export function choiceOf(demands: readonly Demand[], isChosen: (lowerKey: string) => boolean): Choice {
  const context: Record<string, string | readonly string[]> = {};
  const absent: string[] = [];
  const words: string[] = [];
  const own = demands.filter(
    ({ lowerKey }) => isChosen(lowerKey) && !VARIED.test(lowerKey) && !CLOCK.test(lowerKey),
  );
  for (const demand of own) {
    const { key } = demand;
    if (demandsAbsence(demand) === true) absent.push(key);
    else if (isPositive(demand)) context[key] ??= chosenValue(demand);
    words.push(demandText(demand));
  }
  for (const demand of own) {
    const isAsked = demandsAbsence(demand) === false || demand.operator?.negated === true;
    if (isAsked) context[demand.key] ??= setOrValue(demand, "example");
  }
  return { context, absent: absent.filter((key) => context[key] === undefined), words };
}

function chosenValue(demand: Demand): string | readonly string[] {
  const { operator, values } = demand;
  const [first = ""] = values;
  switch (operator?.comparison.type) {
    case "number":
      return setOrValue(demand, numberFor(operator.comparison.order, Number(first)));
    case "string":
      return setOrValue(demand, operator.comparison.wildcards ? matching(first) : first);
    case "arn":
      return setOrValue(demand, matching(first));
    default:
      return setOrValue(demand, first);
  }
}

function numberFor(order: string, value: number): string {
  if (order === "<") return String(value - 1);
  return String(order === ">" ? value + 1 : value);
}

function setOrValue({ operator }: Demand, value: string): string | readonly string[] {
  return operator?.set === undefined ? value : [value];
}
