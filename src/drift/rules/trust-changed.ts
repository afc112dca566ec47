import { defineRule } from "../../findings/rule";
import type { Severity } from "../../findings/severity";
import type { AccessGraph, Role } from "../../iam/graph";
import type { PolicyDocument } from "../../iam/policy-document";
import { conditionsText } from "../../report/words";
import type { Draft } from "../../review/review-finding";
import { ADMINISTRATOR_GAINED } from "../../review/rules/access/administrator-gained";
import { roleTrustDrafts } from "../../review/rules/trust/role-trust";
import { holdsAdministratorRights } from "../../review/rules/trust/trust-settings";
import { worse } from "../../review/weight";
import type { FactOf } from "../access-fact";
import { deployRemedy, lookAgainRemedy } from "../commands";
import { environmentFile } from "../drift-finding";
import type { AccessRule, DriftContext, Judgement } from "../drift-rule";
import { policyChangeLines } from "../policy-change-text";
import { type TrustEffect, trustEffects } from "../trust-effects";
import { principalText } from "../words";

export const TRUST_CHANGED = defineRule({
  id: "trust-changed",
  area: "drift",
  title: "The trust policy of a role lets other callers in than what was deployed",
  severities: ["critical", "high", "medium", "low", "info"],
  why: "Who is in the trust policy acts as the role. It is critical where anybody or another account may assume it, or somebody may become administrator; less where conditions changed or somebody lost it.",
  example: {
    before: "the admin role trusts user work with MFA from the office network",
    after: "somebody made it trust arn:aws:iam::111122223333:root without a condition",
  },
  remedy: "Deploy the stack, which writes the declared trust policy again.",
  since: "0.1.0",
});

type Fact = FactOf<"trust-changed">;

export const trustChanged: AccessRule<Fact, "trust-changed"> = {
  declaration: TRUST_CHANGED,
  judge,
  remedy: ({ address }, isRepaired, wording) =>
    isRepaired
      ? deployRemedy(address, wording)
      : lookAgainRemedy(address, wording, `or declare it in ${environmentFile(wording)}`),
  trail: ({ actual }) => ({ resourceName: actual.name, events: ["UpdateAssumeRolePolicy"] }),
  undeployed: () => "its trust policy is to be rewritten",
};

function judge(fact: Fact, context: DriftContext): Judgement {
  const { declared, actual } = fact;
  const drafts = roleTrustDrafts(
    { before: declared, after: actual },
    {
      before: context.declared,
      after: context.actual,
      isAdministrator: holdsAdministratorRights,
      accounts: accountsOf(context.declared),
      isNew: false,
    },
  );
  const effects = trustEffects(fact, context);
  const changes = drafts.flatMap((draft) => concerning(draft, effects));
  const severities = changes.map(({ rule, severity }): Severity => {
    // in the account already, not only proposed: whoever wrote it may hold the administrator role by now
    return rule === ADMINISTRATOR_GAINED && severity === "high" ? "critical" : severity;
  });
  const told = new Set(changes.flatMap(({ subjects }) => subjects));
  const lost = effects
    .filter(({ caller, isLost }) => isLost && !told.has(principalText(caller)))
    .map(({ caller }) => principalText(caller));
  const texts = [
    ...changes.map(({ subjects, predicate }) => `${subjects.join(", ")} ${predicate}`),
    ...(lost.length === 0 ? [] : [`${lost.join(", ")} may assume it no more`]),
  ];
  const meaning = texts.join("; ") || "who is known here may assume it as before";
  return {
    severity: texts.length === 0 ? "low" : severities.reduce(worse, "medium"),
    message: `The trust policy of ${principalText(actual)} was rewritten: ${meaning}.`,
    evidence: [
      ...effects.flatMap((effect) => effectText(effect, context)),
      ...(drafts.length === 0
        ? policyChangeLines({ declared: knownTrust(declared), actual: knownTrust(actual) })
        : (changes.length > 0 ? changes : drafts).flatMap(({ evidence = [] }) => evidence)),
    ],
  };
}

/** Without the callers whom the evaluator lets in as before: a condition may hold the statement to somebody else. */
function concerning(draft: Draft, effects: readonly TrustEffect[]): readonly Draft[] {
  const spared = new Set(
    effects.filter(({ isSpared }) => isSpared).map(({ caller }) => principalText(caller)),
  );
  const subjects = draft.subjects.filter((subject) => !spared.has(subject));
  return draft.subjects.length > 0 && subjects.length === 0 ? [] : [{ ...draft, subjects }];
}

function knownTrust({ trust: { document } }: Role): PolicyDocument | undefined {
  return "unknown" in document ? undefined : document;
}

/** Accounts of every declared principal: their users are no strangers. */
function accountsOf({ users, roles }: AccessGraph): ReadonlySet<string> {
  return new Set([...users, ...roles].map(({ accountId }) => accountId));
}

/** Who may assume the role now and under which conditions, where that differs from what is declared. */
function effectText({ caller, now, isUnchanged }: TrustEffect, { wording }: DriftContext): readonly string[] {
  if (isUnchanged || now.answer === "no") return [];
  const text = conditionsText(now.conditions, wording);
  const maybe = now.answer === "unknown" ? "perhaps " : "";
  return [`${principalText(caller)} may ${maybe}assume it now${text === "" ? "" : `: ${text}`}`];
}
