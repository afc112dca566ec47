import { FINDING_IDS } from "../../findings/finding-ids.generated";
import { suggestion } from "../../findings/nearest-name";
import { actionFault } from "../../iam/names/action-fault";
import { type EnvironmentRule, violationAt } from "./rule";
import { UNKNOWN_NAME } from "./unknown-name";

/** The one proof that is also named with its method: `no-privilege-escalation/iam:CreatePolicyVersion`. */
const WITH_METHODS = "no-privilege-escalation";

/** An exception names a finding that there is: a misspelt one would excuse nothing, and stand for ever. */
export const acceptancesNameFindings: EnvironmentRule = (environment) =>
  environment.accepted.flatMap(({ finding }, index) => {
    const remedy = remedyFor(finding);
    if (remedy === undefined) return [];
    return [
      violationAt(environment, ["accepted", index, "finding"], UNKNOWN_NAME, {
        expected: "the id of a proof or rule, as docs/rules.md lists them",
        got: JSON.stringify(finding),
        remedy,
      }),
    ];
  });

function remedyFor(finding: string): string | undefined {
  const slash = finding.indexOf("/");
  const id = slash < 0 ? finding : finding.slice(0, slash);
  if (!FINDING_IDS.includes(id)) return suggestion(id, FINDING_IDS, "remove it");
  if (slash < 0) return undefined;
  if (id !== WITH_METHODS) return `${id} has no methods: write "${id}"`;
  const actions = finding.slice(slash + 1).match(/[a-z0-9-]+:[A-Za-z]+/g) ?? [];
  return actions.map((action) => actionFault(action)?.remedy).find((remedy) => remedy !== undefined);
}
