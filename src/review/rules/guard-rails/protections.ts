import type { Severity } from "../../../findings/severity";
import { changedLeaves } from "../../ledger/leaves";

/** An attribute of one type that must not change in one direction, and what it means when it does. */
export interface Protection {
  readonly attribute: string;
  readonly isWeaker: (before: unknown, after: unknown) => boolean;
  readonly severity: Severity;
  readonly words: string;
  /** The other direction is fine. */
  readonly isSwitch?: boolean;
}

const isOff = (value: unknown) => value === false || value === "false" || value === undefined;
const staysOn = (attribute: string, severity: Severity, words: string): Protection => ({
  attribute,
  isSwitch: true,
  isWeaker: (before, after) => !isOff(before) && isOff(after),
  severity,
  words,
});
const staysOff = (attribute: string, severity: Severity, words: string): Protection => ({
  attribute,
  isSwitch: true,
  isWeaker: (before, after) => isOff(before) && !isOff(after),
  severity,
  words,
});
const staysSame = (attribute: string, severity: Severity, words: string): Protection => ({
  attribute,
  isWeaker: (before, after) => before !== undefined && JSON.stringify(before) !== JSON.stringify(after),
  severity,
  words,
});

function isEnabled(block: unknown, name: string): boolean {
  const [first] = [block].flat() as [Readonly<Record<string, unknown>> | undefined];
  return first?.[name] === "Enabled";
}

/** Whether a change of lifecycle rules is anything but objects that are kept longer. */
function expiresSooner(before: unknown, after: unknown): boolean {
  if (before === undefined) return false;
  return changedLeaves({ rule: before }, { rule: after }).some(
    ({ name, before: old, after: current }) =>
      !(/days$/.test(name) && Number(current ?? Number.POSITIVE_INFINITY) > Number(old)),
  );
}

const PUBLIC_ACCESS_BLOCK = [
  ...["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"].map(
    (name) => staysOn(name, "high", "lets a bucket be public"),
  ),
];

export const PROTECTIONS: Readonly<Record<string, readonly Protection[]>> = {
  aws_s3_account_public_access_block: PUBLIC_ACCESS_BLOCK,
  aws_s3_bucket_public_access_block: PUBLIC_ACCESS_BLOCK,
  aws_s3_bucket_versioning: [
    {
      attribute: "versioning_configuration",
      isWeaker: (before, after) =>
        ["status", "mfa_delete"].some((name) => isEnabled(before, name) && !isEnabled(after, name)),
      severity: "high",
      words: "no longer keeps old versions, or lets them be deleted without MFA",
    },
  ],
  aws_s3_bucket_lifecycle_configuration: [
    { attribute: "rule", isWeaker: expiresSooner, severity: "low", words: "expires objects otherwise" },
  ],
  aws_s3_bucket_ownership_controls: [staysSame("rule", "medium", "changes who owns objects")],
  aws_s3_bucket: [
    staysOff("force_destroy", "medium", "can be destroyed with all that is in it"),
    staysSame("acl", "high", "has another ACL"),
  ],
  aws_iam_user_ssh_key: [staysSame("public_key", "high", "takes another key, of whoever holds it")],
  aws_iam_signing_certificate: [
    staysSame("certificate_body", "high", "takes another certificate, of whoever holds it"),
  ],
  aws_kms_key: [staysOn("enable_key_rotation", "medium", "no longer rotates its key")],
  aws_iam_saml_provider: [staysSame("saml_metadata_document", "high", "trusts other signatures")],
  aws_iam_openid_connect_provider: [staysSame("thumbprint_list", "medium", "trusts other certificates")],
  aws_guardduty_detector: [staysOn("enable", "high", "is switched off")],
  aws_cloudtrail: [
    staysOn("enable_logging", "high", "is switched off"),
    staysOn("enable_log_file_validation", "medium", "no longer validates its files"),
    staysOn("is_multi_region_trail", "high", "watches one region only"),
    staysOn("include_global_service_events", "high", "no longer records IAM"),
  ],
  random_string: [staysSame("length", "low", "changes the suffix of role names: roles are replaced")],
};
