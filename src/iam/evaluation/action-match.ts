import type { Pattern } from "./pattern";
import { or, some, type Ternary } from "./ternary";
import { matches, wildcardPattern } from "./wildcard";

/**
 * Whether an action pattern (`iam:*AccessKey*`, `*`) covers an action. Prefix and name are compared without
 * regard to case.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
 * @example
 * ```ts
 * import { actionMatches } from "iam-baseline/iam";
 *
 * actionMatches("s3:Get*", "s3:getobject"); // true
 * actionMatches("s3:Get*", "s3:PutObject"); // false
 * ```
 */
export function actionMatches(pattern: string, action: string): boolean {
  return matches(wildcardPattern(pattern, { ignoreCase: true }), action.toLowerCase()) === true;
}

/** The action patterns of a statement, sorted so that one question looks at few of them. */
export interface ActionSet {
  /** Whether one of the patterns covers an action, given in lower case. */
  covers(action: string): Ternary;
}

/** Reads a list of action patterns once. AWS managed policies hold hundreds: exact names are looked up, not compared. */
export function compileActions(patterns: readonly string[]): ActionSet {
  const exact = new Set<string>();
  const byService = new Map<string, Pattern[]>();
  const others: Pattern[] = [];
  for (const written of patterns) {
    const pattern = wildcardPattern(written, { ignoreCase: true });
    if (pattern.kind === "exact") {
      exact.add(pattern.tokens);
      continue;
    }
    const service = serviceOf(written.toLowerCase());
    if (/^[a-z0-9-]+$/.test(service)) {
      const list = byService.get(service);
      if (list === undefined) byService.set(service, [pattern]);
      else list.push(pattern);
    } else {
      others.push(pattern);
    }
  }
  return {
    covers(action) {
      if (exact.has(action)) return true;
      const service = byService.get(serviceOf(action));
      const covered = service === undefined ? false : someMatches(service, action);
      return covered === true ? true : or(covered, someMatches(others, action));
    },
  };
}

function someMatches(patterns: readonly Pattern[], action: string): Ternary {
  return patterns.length === 0 ? false : some(patterns, (pattern) => matches(pattern, action));
}

/** `iam` of `iam:GetUser`. */
export function serviceOf(action: string): string {
  const colon = action.indexOf(":");
  return colon < 0 ? action : action.slice(0, colon);
}
