import { defineRule } from "../../../findings/rule";
import { bySeverity, type Severity } from "../../../findings/severity";
import { blocks, entries as entriesOf } from "../../read/json-blocks";
import { type Draft, listed } from "../../review-finding";
import { ordinaryChange } from "../by-nature/ordinary-change";
import type { JudgingContext, ResourceChange } from "../by-nature/resource-change";
import type { SettingChange } from "./setting-change";
import { settingDraft, settingText } from "./setting-draft";

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

/** Data sources that run a program, fetch from elsewhere or reveal a secret while Terraform plans. First match counts. */
const FETCHING: readonly (readonly [types: RegExp, words: string, severity: Severity])[] = [
  [/^external$/, "runs a program during the plan", "critical"],
  [/^http$/, "fetches from the network during the plan, and may send what it knows", "critical"],
  [
    /^(?:tls_certificate|dns_|dnsresolve|curl|restful|graphql)/,
    "asks a server of others during the plan, and may send what it knows",
    "high",
  ],
  [/^aws_lambda_invocation$/, "invokes a function during the plan", "high"],
  [
    /^aws_redshift.*credentials$|^aws_.*(?:authorization_token|cluster_auth|login_password|session_token)$/,
    "writes credentials into the state",
    "high",
  ],
  [/^terraform_remote_state$|^tfe_outputs$/, "reads another state", "medium"],
  [
    /^aws_(?:secretsmanager_(?:secret_versions?|random_password)|kms_secrets?|ssm_parameters_by_path|iam_access_keys|s3_(?:bucket_)?objects?|cloudformation_export|lightsail_.*key|transfer_.*key)$/,
    "writes what may be a secret into the state",
    "medium",
  ],
  [
    /^(?:local_(?:sensitive_)?file|archive_file|cloudinit_config|template_file)$/,
    "reads a file of the machine that plans",
    "medium",
  ],
  [/^aws_ssm_parameter$/, "writes a parameter into the state", "low"],
];

function fetchingOf(type: string) {
  return FETCHING.find(([types]) => types.test(type));
}

/** A data source that comes new or asks for something else. What only asks the account is ordinary. */
export function dataSourceDrafts(change: ResourceChange, context: JudgingContext): readonly Draft[] {
  const { address, type, after } = change;
  const entries = context.ledger.of(change.key);
  if (after === undefined) {
    context.ledger.settle(entries);
    return ordinaryChange(change, context);
  }
  const isNew = change.before === undefined;
  if (!isNew && entries.length === 0) return [];
  const found = fetchingOf(type);
  if (found === undefined) {
    if (type.startsWith("aws_")) context.ledger.settle(entries);
    return ordinaryChange(change, context);
  }
  context.ledger.strike(entries);
  const [, words, severity] = found;
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

/** Blocks of a stack that run or read something: ephemeral resources, actions, lists, checks with a data source. */
export function codeInBlock(change: SettingChange): readonly Draft[] {
  const found = dataTypesIn(change.after?.value)
    .map(fetchingOf)
    .filter((each) => each !== undefined);
  const [severity = "medium"] = found.map(([, , each]) => each).sort(bySeverity);
  const what =
    found.length > 0
      ? listed(found.map(([, words]) => words))
      : "runs or reads something that this review does not judge";
  return [
    settingDraft(change, { rule: CODE_IN_PLAN, severity, predicate: `${settingText(change)} ${what}` }),
  ];
}

/** Types of data sources within a block. */
export function dataTypesIn(block: unknown): readonly string[] {
  return entriesOf(blocks(block)[0]?.["data"]).map(([type]) => type);
}
