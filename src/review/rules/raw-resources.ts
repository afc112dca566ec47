import type { Severity } from "../../findings/severity";
import type { AccessGraph } from "../../iam/graph";
import { SAFEGUARD_TYPES } from "../../sources/graph/safeguards";
import { type Draft, listed } from "../review-finding";
import type { Attributes, RawResource, ReviewedEnvironment } from "../reviewed-environment";
import { capped } from "../statement-diff";
import { resourcePolicyDrafts } from "./resource-policies";

/** Resources that watch the account: none may go or be switched off in silence. */
const DETECTION =
  /^aws_(?:cloudtrail|guardduty|securityhub|accessanalyzer|config|inspector2?|macie2|detective|auditmanager|flow_log|s3_bucket_logging)(?:_|$)/;

/** Types that hold access and that the access graph does not read. */
const UNJUDGED =
  /^aws_(?:iam_|organizations_|ssoadmin_|identitystore_|rolesanywhere_|ram_|lambda_invocation|s3_bucket_acl|kms_grant|kms_key|kms_external|cognito_identity_|lambda_function_url|lambda_alias|secretsmanager_secret|ssm_|eks_(?:access|pod)|vpc_endpoint|apigatewayv2|api_gateway|s3_access_point|s3control|sts_|account_|opensearch|dynamodb_resource|ecr_|cloudformation_|codebuild_|ec2_|instance$|launch_template|sfn_|glue_|datapipeline)/;

const IN_GRAPH =
  /^aws_iam_(?:user|group|role|policy|user_policy|group_policy|role_policy|(?:user|group|role)_policy_attachment|policy_attachment|user_group_membership|group_membership|instance_profile|openid_connect_provider|saml_provider|service_linked_role|(?:user|group|role)_(?:policies|policy_attachments)_exclusive|user_login_profile|access_key|user_ssh_key|service_specific_credential|signing_certificate|virtual_mfa_device|server_certificate)$/;

interface Bad {
  readonly attribute: string;
  readonly isBad: (before: unknown, after: unknown) => boolean;
  readonly severity: Severity;
  readonly words: string;
  /** The other direction is fine. */
  readonly isSwitch?: boolean;
}

const off = (value: unknown) => value === false || value === "false" || value === undefined;
const turnsOff = (attribute: string, severity: Severity, words: string): Bad => ({
  attribute,
  isSwitch: true,
  isBad: (before, after) => !off(before) && off(after),
  severity,
  words,
});
const turnsOn = (attribute: string, severity: Severity, words: string): Bad => ({
  attribute,
  isSwitch: true,
  isBad: (before, after) => off(before) && !off(after),
  severity,
  words,
});
const changes = (attribute: string, severity: Severity, words: string): Bad => ({
  attribute,
  isBad: (before, after) => before !== undefined && JSON.stringify(before) !== JSON.stringify(after),
  severity,
  words,
});

function isEnabled(block: unknown, name: string): boolean {
  const [one] = (Array.isArray(block) ? block : [block]) as [Attributes | undefined];
  return one?.[name] === "Enabled";
}

const BAD: Readonly<Record<string, readonly Bad[]>> = {
  aws_s3_bucket_public_access_block: [
    ...["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"].map(
      (name) => turnsOff(name, "high", "lets a bucket be public"),
    ),
  ],
  aws_s3_bucket_versioning: [
    {
      attribute: "versioning_configuration",
      isBad: (before, after) =>
        ["status", "mfa_delete"].some((name) => isEnabled(before, name) && !isEnabled(after, name)),
      severity: "high",
      words: "no longer keeps old versions, or lets them be deleted without MFA",
    },
  ],
  aws_s3_bucket_server_side_encryption_configuration: [changes("rule", "medium", "encrypts otherwise")],
  aws_s3_bucket_lifecycle_configuration: [changes("rule", "low", "expires objects otherwise")],
  aws_s3_bucket_ownership_controls: [changes("rule", "medium", "changes who owns objects")],
  aws_s3_bucket: [
    turnsOn("force_destroy", "medium", "can be destroyed with all that is in it"),
    changes("acl", "high", "has another ACL"),
  ],
  aws_iam_user_ssh_key: [changes("public_key", "high", "takes another key, of whoever holds it")],
  aws_iam_signing_certificate: [
    changes("certificate_body", "high", "takes another certificate, of whoever holds it"),
  ],
  aws_lambda_function_url: [
    {
      attribute: "authorization_type",
      isBad: (_before, after) => after === "NONE",
      severity: "critical",
      words: "lets anybody on the internet run its function",
    },
  ],
  aws_kms_key: [turnsOff("enable_key_rotation", "medium", "no longer rotates its key")],
  aws_iam_saml_provider: [changes("saml_metadata_document", "high", "trusts other signatures")],
  aws_iam_openid_connect_provider: [changes("thumbprint_list", "medium", "trusts other certificates")],
  aws_guardduty_detector: [turnsOff("enable", "high", "is switched off")],
  aws_cloudtrail: [
    turnsOff("enable_logging", "high", "is switched off"),
    turnsOff("enable_log_file_validation", "medium", "no longer validates its files"),
    turnsOff("is_multi_region_trail", "high", "watches one region only"),
    turnsOff("include_global_service_events", "high", "no longer records IAM"),
  ],
  random_string: [changes("length", "low", "changes the suffix of role names: roles are replaced")],
};

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

/** Resources of other providers that hold no access and run nothing. */
const QUIET = /^(?:random_|time_|null_resource$|terraform_data$|archive_file$|local_)/;

/** What the graph does not show: lifecycles, provisioners, data sources, buckets, detection, other types. */
export function rawResourceDrafts(
  reviewed: ReviewedEnvironment,
  graph: AccessGraph,
  isNew: boolean,
): readonly Draft[] {
  const before = reviewed.before?.resources ?? new Map<string, RawResource>();
  const after = reviewed.after?.resources ?? new Map<string, RawResource>();
  const stacksNow = new Set(reviewed.after?.stacks ?? []);
  const isPlan = reviewed.actions !== undefined;
  const movedTo = new Set(reviewed.moved.values());
  const drafts: Draft[] = [];
  for (const [key, was] of before) {
    const stack = key.includes(":") ? key.slice(0, key.indexOf(":")) : "";
    const is = after.get(reviewed.moved.get(key) ?? key);
    if (is === undefined) {
      // a stack that is gone is told once
      if (isPlan || stacksNow.has(stack)) drafts.push(...goneDrafts(was));
    } else if (was.mode === "managed") drafts.push(...changeDrafts(was, is, graph));
  }
  for (const [key, is] of after) {
    const isOld = before.has(key) || movedTo.has(key);
    drafts.push(...runningDrafts(before.get(key), is));
    if (!isOld && is.mode === "managed") drafts.push(...newDrafts(is, graph, isNew));
  }
  return drafts;
}

function base(one: RawResource): Pick<Draft, "category" | "address" | "subjects"> {
  return { category: "terraform", address: one.address, subjects: [] };
}

function goneDrafts(was: RawResource): readonly Draft[] {
  const { type } = was;
  if (was.mode === "data") return [];
  if (/_exclusive$/.test(type)) {
    return [
      {
        ...base(was),
        rule: "exclusive-list-removed",
        severity: "medium",
        category: "guard-rails",
        predicate: `${was.address} is removed: what is attached by hand is no longer taken away`,
        remedy: "Keep the exclusive list: it makes every grant outside of Terraform show in the plan.",
      },
    ];
  }
  if (
    DETECTION.test(type) ||
    /^aws_s3_bucket_(?:public_access_block|policy|versioning|server_side_encryption_configuration)$/.test(
      type,
    )
  ) {
    return [
      {
        ...base(was),
        rule: "protection-removed",
        severity: "high",
        category: "guard-rails",
        predicate: `${was.address} is removed`,
        remedy: "Keep it, or say in the pull request what takes its place.",
      },
    ];
  }
  if (IN_GRAPH.test(type) || SAFEGUARD_TYPES.has(type)) return [];
  return [noted(was, "is removed")];
}

function noted(one: RawResource, what: string): Draft {
  const isForeign = !one.type.startsWith("aws_") && !QUIET.test(one.type);
  const judged = isForeign || (UNJUDGED.test(one.type) && !IN_GRAPH.test(one.type));
  return {
    ...base(one),
    rule: judged ? "resource-not-judged" : "other-resource-changed",
    severity: judged ? "medium" : "info",
    category: judged ? "unknown" : "terraform",
    predicate: `${one.address} ${what}${judged ? ", which can mean access that this review does not judge" : ""}`,
    remedy: judged ? "Read the change yourself." : "Nothing, if it is meant.",
    isNote: !judged,
  };
}

function changeDrafts(was: RawResource, is: RawResource, graph: AccessGraph): readonly Draft[] {
  const drafts: Draft[] = [...lifecycleDrafts(was, is), ...resourcePolicyDrafts(was, is, graph)];
  for (const { attribute, isBad, severity, words } of BAD[is.type] ?? []) {
    const [before, after] = [was.attributes[attribute], is.attributes[attribute]];
    if (!isBad(before, after)) continue;
    drafts.push({
      ...base(is),
      rule: "protection-weakened",
      severity,
      category: "guard-rails",
      predicate: `${is.address} ${words}`,
      remedy: "Keep it as it was.",
      evidence: attributeDiff(was.attributes, is.attributes, [attribute]),
    });
  }
  if (JSON.stringify(was.attributes["provider"]) !== JSON.stringify(is.attributes["provider"])) {
    drafts.push({
      ...base(is),
      rule: "provider-changed",
      severity: "medium",
      predicate: `${is.address} is made by another provider: in another account or region`,
      remedy: "Make sure which account it goes to.",
    });
  }
  const switches = new Set((BAD[is.type] ?? []).flatMap((bad) => (bad.isSwitch ? [bad.attribute] : [])));
  const changed = changedNames(was.attributes, is.attributes).filter((name) => !switches.has(name));
  if (changed.length === 0 || drafts.length > 0 || IN_GRAPH.test(is.type) || SAFEGUARD_TYPES.has(is.type))
    return drafts;
  if (DETECTION.test(is.type)) {
    return [
      {
        ...base(is),
        rule: "protection-changed",
        severity: "medium",
        category: "guard-rails",
        predicate: `${is.address} changes (${listed(changed)})`,
        remedy: "Make sure that it still sees what it saw.",
        evidence: attributeDiff(was.attributes, is.attributes, changed),
      },
    ];
  }
  return [
    {
      ...noted(is, `changes (${listed(changed)})`),
      evidence: attributeDiff(was.attributes, is.attributes, changed),
    },
  ];
}

function lifecycleDrafts(was: RawResource, is: RawResource): readonly Draft[] {
  const drafts: Draft[] = [];
  if (isTrue(was.lifecycle?.["prevent_destroy"]) && !isTrue(is.lifecycle?.["prevent_destroy"])) {
    drafts.push({
      ...base(is),
      rule: "destroy-allowed",
      severity: "medium",
      category: "guard-rails",
      predicate: `${is.address} may be destroyed from now on: prevent_destroy is gone`,
      remedy: "Keep prevent_destroy.",
    });
  }
  const ignored = entries(is.lifecycle).filter((name) => !entries(was.lifecycle).includes(name));
  const matter = ignored.filter((name) => !/^tags(?:_all)?(?:\[|\.|$)/.test(name));
  if (matter.length > 0) {
    drafts.push({
      ...base(is),
      rule: "changes-ignored",
      severity: IN_GRAPH.test(is.type) ? "high" : "medium",
      category: "guard-rails",
      predicate: `changes of ${listed(matter)} of ${is.address} are ignored from now on: Terraform neither shows nor repairs them`,
      remedy: "Leave ignore_changes away from whatever means access.",
    });
  }
  return drafts;
}

function entries(lifecycle: Attributes | undefined): readonly string[] {
  const value = lifecycle?.["ignore_changes"];
  return Array.isArray(value) ? value.map(String) : value === undefined ? [] : [String(value)];
}

function isTrue(value: unknown): boolean {
  return value === true || value === "true";
}

/** What runs or fetches while Terraform plans or applies. */
function runningDrafts(was: RawResource | undefined, is: RawResource): readonly Draft[] {
  const drafts: Draft[] = [];
  const more = is.provisioners.filter((kind) => was?.provisioners.includes(kind) !== true);
  if (more.length > 0) {
    drafts.push({
      ...base(is),
      rule: "provisioner",
      severity: "high",
      predicate: `${is.address} runs ${listed(more)} during the apply, with the credentials of the apply`,
      remedy: "Remove the provisioner.",
    });
  }
  const fetching = is.mode === "data" ? FETCHING[is.type] : undefined;
  if (
    fetching !== undefined &&
    (was === undefined || changedNames(was.attributes, is.attributes).length > 0)
  ) {
    drafts.push({
      ...base(is),
      rule: "code-in-plan",
      severity: fetching[1],
      predicate: `data source ${is.address} ${fetching[0]}, with the credentials of the plan`,
      remedy: "Remove the data source.",
    });
  }
  return drafts;
}

function newDrafts(is: RawResource, graph: AccessGraph, isNew: boolean): readonly Draft[] {
  const policies = resourcePolicyDrafts(undefined, is, graph);
  const { type, attributes } = is;
  if (type === "aws_iam_policy_attachment") {
    return [
      {
        ...base(is),
        rule: "exclusive-attachment",
        severity: "medium",
        category: "identities",
        predicate: `${is.address} takes its policy away from everybody in the account whom it does not name`,
        remedy: "Use aws_iam_role_policy_attachment or its siblings, which touch one principal.",
      },
    ];
  }
  if (type === "aws_lambda_function_url" && attributes["authorization_type"] === "NONE") {
    return [
      {
        ...base(is),
        rule: "function-public",
        severity: "critical",
        category: "access",
        predicate: `anybody on the internet may run the function of ${is.address}`,
        remedy: "Use authorization_type AWS_IAM, or no URL.",
      },
    ];
  }
  const forced = entries(is.lifecycle).filter((name) => name === "all");
  const ignores: readonly Draft[] =
    forced.length === 0 || !IN_GRAPH.test(type) ? [] : lifecycleDrafts({ ...is, lifecycle: {} }, is);
  if (isNew || IN_GRAPH.test(type) || SAFEGUARD_TYPES.has(type)) return [...policies, ...ignores];
  if (type === "null_resource" || policies.length > 0) return policies;
  return [noted(is, "is new")];
}

function changedNames(before: Attributes, after: Attributes): readonly string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => !/^tags(?:_all)?$/.test(name) && JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
}

function attributeDiff(before: Attributes, after: Attributes, names: readonly string[]): readonly string[] {
  const text = (value: unknown) => (typeof value === "string" ? value : (JSON.stringify(value) ?? ""));
  return capped(
    names.flatMap((name) => [
      ...(before[name] === undefined ? [] : [`- ${name}: ${text(before[name])}`]),
      ...(after[name] === undefined ? [] : [`+ ${name}: ${text(after[name])}`]),
    ]),
  );
}
