import type { DriftSources } from "./drift-sources";
import { type Gap, gapOf } from "./gaps";
import { PASSWORD_POLICY, type PasswordPolicyFact } from "./rules/password-policy-changed";

/** How the account's password policy differs from the one that a stack without a plan declares. */
export function declaredPasswordPolicy({ withoutPlan = [], inventory }: DriftSources): {
  readonly fact?: PasswordPolicyFact;
  readonly gap?: Gap;
} {
  const declared = withoutPlan
    .flatMap(({ graph, stack }) => graph.safeguards.map((safeguard) => ({ ...safeguard, stack })))
    .find(({ type }) => type === PASSWORD_POLICY);
  const answer = inventory?.passwordPolicy;
  if (declared === undefined || answer === undefined) return {};
  if ("notChecked" in answer) return { gap: gapOf("password-policy-changed", "the password policy", answer) };
  const actual = answer.value ?? {};
  const attributes = Object.entries(declared.attributes)
    .map(([name, value]) => ({ name, path: name, declared: value, actual: actual[name] }))
    .filter((attribute) => Number(attribute.declared) !== Number(attribute.actual ?? 0));
  return attributes.length === 0
    ? {}
    : {
        fact: {
          address: "account/password-policy",
          stack: declared.stack,
          attributes,
          isDeleted: answer.value === null,
        },
      };
}
