import { defineRule } from "../../../findings/rule";
import type { Severity } from "../../../findings/severity";
import { changedAttributes } from "../../attribute-diff";
import type { Draft } from "../../review-finding";
import type { RawResource, Setting } from "../../reviewed-environment";
import { settingDraft } from "./setting-draft";

export const CODE_IN_PLAN = defineRule({
  id: "code-in-plan",
  area: "review",
  title: "Something runs, fetches or reveals while Terraform plans",
  severities: ["critical", "high", "medium", "low"],
  why: "A plan of a pull request runs before anybody approves it. A program, or a request to a server of others, has the credentials of the plan; what it reads goes into the state and into logs.",
  example: { before: "no data source", after: 'data "external" "x" { program = ["sh", "-c", "..."] }' },
  remedy: "Remove it.",
  reference: {
    title: "Terraform: data sources",
    url: "https://developer.hashicorp.com/terraform/language/data-sources",
  },
  since: "0.1.0",
});

/** Data sources that run a program or fetch from elsewhere while Terraform plans. */
const FETCHING: Readonly<Record<string, readonly [words: string, severity: Severity]>> = {
  external: ["runs a program during the plan", "critical"],
  http: ["fetches from the network during the plan, and may send what it knows", "critical"],
  aws_lambda_invocation: ["invokes a function during the plan", "high"],
  terraform_remote_state: ["reads another state", "medium"],
  aws_secretsmanager_secret_version: ["writes a secret into the state", "medium"],
  aws_ssm_parameter: ["writes a parameter into the state", "low"],
  aws_kms_secrets: ["writes a secret into the state", "medium"],
};

export function codeInData(old: RawResource | undefined, current: RawResource): readonly Draft[] {
  const [words, severity] = (current.mode === "data" ? FETCHING[current.type] : undefined) ?? [];
  if (words === undefined || severity === undefined) return [];
  if (old !== undefined && changedAttributes(old.attributes, current.attributes).length === 0) return [];
  const { address } = current;
  return [
    {
      rule: CODE_IN_PLAN,
      severity,
      category: "terraform",
      address,
      subjects: [],
      predicate: `data source ${address} ${words}, with the credentials of the plan`,
      remedy: "Remove the data source.",
    },
  ];
}

/** Blocks of a stack that run or read something: ephemeral resources, actions, lists. */
export function codeInBlock(old: Setting | undefined, current: Setting): Draft {
  return settingDraft(current, old, {
    rule: CODE_IN_PLAN,
    severity: "medium",
    predicate: `${current.key} of ${current.stack} runs or reads something that this review does not judge`,
  });
}
