import { CREDENTIAL_REPORT_MISSING } from "../aws/credential-report";
import { AWS_CALL_FAILED } from "../aws/sdk-error";
import { KEY_RULES_TOO_LARGE } from "../credentials/environment-credentials";
import { RECOVERY_MISSING, RECOVERY_RUNS_OUT, RECOVERY_UNAVAILABLE } from "../credentials/lock-out";
import { CREDENTIAL_REPORT_INVALID } from "../credentials/parse-credential-report";
import { FUNCTION_SETTINGS_INVALID } from "../credentials/parse-key-rules";
import { PATTERN_NEVER_MATCHES } from "../detection/detection-violations";
import { DEVICE_REFUSALS } from "../devices/refusals";
import { CRON_INVALID } from "../environment/cron";
import {
  EXEMPT_PATH_INVALID,
  KEY_RULE_CONFLICT,
  KEY_RULE_EMPTY,
  RUNTIME_BLOCKED,
} from "../environment/key-rule-violations";
import { PROJECT_UNLOADABLE } from "../environment/load-fault";
import { NETWORK_INVALID, NETWORK_NOT_PUBLIC, NETWORK_TOO_WIDE } from "../environment/networks";
import { QUOTA_EXCEEDED } from "../environment/quotas";
import {
  ACCOUNT_SETTING_REPEATED,
  ACCOUNT_SHARED,
  ENVIRONMENT_NAME_CONFLICT,
} from "../environment/rules/accounts";
import { RESPONSE_WITHOUT_DETECTION, SESSIONS_NOT_TOLD_APART } from "../environment/rules/detection";
import { EXISTING_RESERVED } from "../environment/rules/existing";
import { FEDERATED_TRUST_OPEN, IDENTITY_PROVIDER_INVALID } from "../environment/rules/federation";
import { IAM_NAME_INVALID, IAM_NAME_REPEATED, REPOSITORY_NAME_INVALID } from "../environment/rules/names";
import { NETWORKS_COVER_TOO_MUCH, NETWORKS_MISSING } from "../environment/rules/networks";
import { REACTIVATION_ROLE_UNREVIEWED } from "../environment/rules/reactivation";
import { AWS_NAME_UNKNOWN, UNKNOWN_ALLOWED_NEEDLESSLY } from "../environment/rules/real-names";
import {
  GROUP_MISSING,
  GUARD_MISSING,
  ROLE_SUFFIX_MISSING,
  ROLE_UNASSUMABLE,
} from "../environment/rules/references";
import { LIST_REPEATED } from "../environment/rules/repetitions";
import {
  ADMINISTRATOR_UNDECLARED,
  MANAGED_POLICY_NAME_INVALID,
  USER_POLICY_ON_ROLE,
} from "../environment/rules/role-policies";
import { CI_GROUP_WITHOUT_RIGHTS, ROLE_WITHOUT_RIGHTS } from "../environment/rules/role-rights";
import {
  GITHUB_JOB_INVALID,
  PULL_REQUEST_ADMINISTRATOR,
  TRUSTED_USER_INVALID,
} from "../environment/rules/role-trust";
import { ROOT_CANNOT_RECOVER } from "../environment/rules/root-user";
import { DESCRIPTION_INVALID, TAG_INVALID } from "../environment/rules/text";
import { AMBIGUOUS_NAME, UNKNOWN_NAME } from "../environment/rules/unknown-name";
import {
  SCHEDULE_NEVER_RUNS,
  SCHEDULE_TIME_SKIPPED,
  TIME_ZONE_UNKNOWN,
} from "../environment/schedule-violations";
import { UNKNOWN_KEY, VALUE_INVALID } from "../environment/schema-violations";
import { KEY_RESERVED } from "../environment/validate-environments";
import type { RefusalDeclaration } from "../findings/refusal";
import { POLICIES_REFUSED } from "../iam/refused-documents";
import { POLICY_CONDITION_INVALID } from "../iam/syntax/condition-syntax";
import {
  POLICY_ACTION_INVALID,
  POLICY_RESOURCE_INVALID,
  POLICY_VARIABLE_INVALID,
} from "../iam/syntax/element-syntax";
import { POLICY_ELEMENT_INVALID, SID_REPEATED } from "../iam/syntax/findings";
import { GITHUB_TRUST_OPEN } from "../iam/syntax/github-trust";
import { POLICY_CHARACTER_INVALID, POLICY_JSON_INVALID } from "../iam/syntax/json-text";
import { POLICY_PRINCIPAL_INVALID } from "../iam/syntax/principal-syntax";
import { FUNCTION_ZIP_MISSING } from "../lambda-bundle/zip-missing";
import { POLICY_TOO_LONG } from "../policies/document-violations";
import { PROOF_BROKEN } from "../proofs/broken-proofs-error";
import { ENVIRONMENTS_INVALID, ENVIRONMENTS_MISSING } from "../proofs/validate-baseline";
import { QUESTION_INVALID, UNKNOWN_PRINCIPAL } from "../report/question-error";
import {
  ACCOUNT_AMBIGUOUS,
  FILE_NOT_JSON,
  FILE_UNREADABLE,
  JSON_KEY_TWICE,
  PLAN_FAILED,
  RESOURCE_TWICE,
  SOURCE_FORMAT_UNKNOWN,
  SOURCE_INCOMPLETE,
  SOURCE_INVALID,
  STACK_FILES_BESIDE,
  STACKS_MISSING,
  TERRAFORM_TOO_OLD,
} from "../sources/resource/source-refusals";
import { OUTDIR_UNWRITABLE } from "../stacks/outdir-refusal";
import { ACCOUNT_MISMATCH, CREDENTIALS_MISSING, PROJECT_MISSING } from "./commands/account-refusals";
import {
  BREAK_GLASS_KEY,
  KEY_AMBIGUOUS,
  KEY_CHANGE_FAILED,
  REACTIVATION_REFUSED,
  USER_QUARANTINED,
} from "./commands/key-refusals";
import {
  ACCEPTANCE_INVALID,
  COMMAND_LINE_INVALID,
  FILE_UNWRITABLE,
  OPTION_CONFLICT,
  OPTION_VALUE_INVALID,
  UNKNOWN_ACTION,
} from "./commands/option-refusals";
import { DRILL_REFUSED } from "./commands/response-refusals";
import {
  FILE_NOT_REVIEWED,
  PLAN_NOT_REVIEWED,
  QUARANTINE_TAKEN_AWAY,
  TERRAFORM_FAILED,
} from "./commands/terraform-refusals";
import { UNKNOWN_RULE } from "./unknown-rule";

/** Every error that a user can cause. A declaration stands beside what refuses; here is its line. */
export const REFUSALS: readonly RefusalDeclaration[] = [
  CREDENTIAL_REPORT_MISSING,
  CREDENTIALS_MISSING,
  ACCOUNT_MISMATCH,
  PROJECT_MISSING,
  PROJECT_UNLOADABLE,
  AWS_CALL_FAILED,
  KEY_AMBIGUOUS,
  REACTIVATION_REFUSED,
  BREAK_GLASS_KEY,
  USER_QUARANTINED,
  KEY_CHANGE_FAILED,
  DRILL_REFUSED,
  OPTION_VALUE_INVALID,
  OPTION_CONFLICT,
  FILE_UNWRITABLE,
  UNKNOWN_ACTION,
  ACCEPTANCE_INVALID,
  COMMAND_LINE_INVALID,
  TERRAFORM_FAILED,
  PLAN_NOT_REVIEWED,
  FILE_NOT_REVIEWED,
  QUARANTINE_TAKEN_AWAY,
  UNKNOWN_RULE,
  KEY_RULES_TOO_LARGE,
  RECOVERY_MISSING,
  RECOVERY_UNAVAILABLE,
  RECOVERY_RUNS_OUT,
  CREDENTIAL_REPORT_INVALID,
  FUNCTION_SETTINGS_INVALID,
  CRON_INVALID,
  KEY_RULE_EMPTY,
  RUNTIME_BLOCKED,
  ROOT_CANNOT_RECOVER,
  RESPONSE_WITHOUT_DETECTION,
  SESSIONS_NOT_TOLD_APART,
  PATTERN_NEVER_MATCHES,
  KEY_RULE_CONFLICT,
  EXEMPT_PATH_INVALID,
  FUNCTION_ZIP_MISSING,
  NETWORK_INVALID,
  NETWORK_TOO_WIDE,
  NETWORK_NOT_PUBLIC,
  QUOTA_EXCEEDED,
  ENVIRONMENT_NAME_CONFLICT,
  ACCOUNT_SHARED,
  ACCOUNT_SETTING_REPEATED,
  EXISTING_RESERVED,
  IAM_NAME_INVALID,
  REPOSITORY_NAME_INVALID,
  IAM_NAME_REPEATED,
  NETWORKS_MISSING,
  NETWORKS_COVER_TOO_MUCH,
  REACTIVATION_ROLE_UNREVIEWED,
  GROUP_MISSING,
  GUARD_MISSING,
  ROLE_SUFFIX_MISSING,
  ROLE_UNASSUMABLE,
  USER_POLICY_ON_ROLE,
  ADMINISTRATOR_UNDECLARED,
  MANAGED_POLICY_NAME_INVALID,
  TRUSTED_USER_INVALID,
  GITHUB_JOB_INVALID,
  PULL_REQUEST_ADMINISTRATOR,
  TAG_INVALID,
  DESCRIPTION_INVALID,
  UNKNOWN_NAME,
  AMBIGUOUS_NAME,
  TIME_ZONE_UNKNOWN,
  SCHEDULE_NEVER_RUNS,
  SCHEDULE_TIME_SKIPPED,
  UNKNOWN_KEY,
  VALUE_INVALID,
  POLICIES_REFUSED,
  POLICY_CONDITION_INVALID,
  POLICY_ACTION_INVALID,
  POLICY_RESOURCE_INVALID,
  POLICY_VARIABLE_INVALID,
  POLICY_ELEMENT_INVALID,
  SID_REPEATED,
  GITHUB_TRUST_OPEN,
  POLICY_JSON_INVALID,
  POLICY_CHARACTER_INVALID,
  POLICY_PRINCIPAL_INVALID,
  POLICY_TOO_LONG,
  PROOF_BROKEN,
  ENVIRONMENTS_MISSING,
  AWS_NAME_UNKNOWN,
  UNKNOWN_ALLOWED_NEEDLESSLY,
  LIST_REPEATED,
  ROLE_WITHOUT_RIGHTS,
  CI_GROUP_WITHOUT_RIGHTS,
  KEY_RESERVED,
  ENVIRONMENTS_INVALID,
  OUTDIR_UNWRITABLE,
  QUESTION_INVALID,
  UNKNOWN_PRINCIPAL,
  FILE_UNREADABLE,
  FILE_NOT_JSON,
  JSON_KEY_TWICE,
  SOURCE_INVALID,
  SOURCE_FORMAT_UNKNOWN,
  SOURCE_INCOMPLETE,
  PLAN_FAILED,
  RESOURCE_TWICE,
  STACK_FILES_BESIDE,
  STACKS_MISSING,
  TERRAFORM_TOO_OLD,
  ACCOUNT_AMBIGUOUS,
  FEDERATED_TRUST_OPEN,
  IDENTITY_PROVIDER_INVALID,
  ...DEVICE_REFUSALS,
];

const byCode = new Map<string, RefusalDeclaration>(REFUSALS.map((refusal) => [refusal.code, refusal]));

/** The declaration of a refusal, or nothing where none has that code. */
export function refusalOf(code: string): RefusalDeclaration | undefined {
  return byCode.get(code);
}
