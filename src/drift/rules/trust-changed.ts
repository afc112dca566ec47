import { defineRule } from "../../findings/rule";
import type { Severity } from "../../findings/severity";
import { compileGraph } from "../../iam/evaluate";
import type { AccessGraph } from "../../iam/graph";
import { mayAssume } from "../../report/assume-role";
import { conditionsText } from "../../report/words";
import { ADMINISTRATOR_GAINED } from "../../review/rules/access/administrator-gained";
import { roleTrustDrafts } from "../../review/rules/trust/role-trust";
import { holdsAdministratorRights } from "../../review/rules/trust/trust-settings";
import { worse } from "../../review/weight";
import type { FactOf } from "../access-fact";
import { deployRemedy, lookAgainRemedy } from "../commands";
import { environmentFile } from "../drift-finding";
import type { AccessRule, DriftContext, Judgement } from "../drift-rule";
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

/** Users whose way into a changed role is worked out; of more, the trust policy alone speaks. */
const MOST_ASSUMERS = 50;

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
  const changes = drafts.map(({ subjects, predicate }) => `${subjects.join(", ")} ${predicate}`);
  const severities = drafts.map(({ rule, severity }): Severity => {
    // in the account already, not only proposed: whoever wrote it may hold the administrator role by now
    return rule === ADMINISTRATOR_GAINED && severity === "high" ? "critical" : severity;
  });
  return {
    severity: severities.reduce(worse, "medium"),
    message: `The trust policy of ${principalText(actual)} was rewritten: ${changes.join("; ") || "it means something else"}.`,
    evidence: [...assumersText(fact, context), ...drafts.flatMap(({ evidence = [] }) => evidence)],
  };
}

/** Accounts of every declared principal: their users are no strangers. */
function accountsOf({ users, roles }: AccessGraph): ReadonlySet<string> {
  return new Set([...users, ...roles].map(({ accountId }) => accountId));
}

/** Who may assume the role now and under which conditions, where that differs from what is declared. */
function assumersText(fact: Fact, context: DriftContext): readonly string[] {
  const { users } = context.actual;
  if (users.length > MOST_ASSUMERS) return [`who of ${users.length} users may assume it was not worked out`];
  const [graphBefore, graphNow] = [compileGraph(context.declared), compileGraph(context.actual)];
  return users.flatMap((user) => {
    const now = mayAssume(user, fact.actual, graphNow);
    if (now.answer === "no") return [];
    const declaredUser = context.declared.users.find(({ name }) => name === user.name);
    const before =
      declaredUser === undefined ? undefined : mayAssume(declaredUser, fact.declared, graphBefore);
    if (JSON.stringify(before) === JSON.stringify(now)) return [];
    const text = conditionsText(now.conditions, context.wording);
    const maybe = now.answer === "unknown" ? "perhaps " : "";
    return [`${principalText(user)} may ${maybe}assume it now${text === "" ? "" : `: ${text}`}`];
  });
}
