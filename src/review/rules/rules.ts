import type { RuleDeclaration } from "../../findings/rule";
import { ACCESS_GAINED } from "./access/access-gained";
import { ACCESS_LOST } from "./access/access-lost";
import { ADMINISTRATOR_GAINED } from "./access/administrator-gained";
import { CONDITION_LOST } from "./access/condition-lost";
import { ESCALATION_GAINED } from "./access/escalation-gained";
import { HYGIENE_PERMISSION_LOST } from "./access/hygiene-permission-lost";
import { POLICY_UNKNOWN } from "./access/policy-unknown";
import { RESOURCE_WIDENED } from "./access/resource-widened";
import { AUTHENTICATION_CHANGED } from "./by-nature/authentication-changed";
import { CODE_FROM_ELSEWHERE } from "./by-nature/code-from-elsewhere";
import { DESTINATION_CHANGED } from "./by-nature/destination-changed";
import { ENCRYPTION_KEY_CHANGED } from "./by-nature/encryption-key-changed";
import { NETWORK_OPENED } from "./by-nature/network-opened";
import { NOT_JUDGED } from "./by-nature/not-judged";
import { OPENED_TO_ALL } from "./by-nature/opened-to-all";
import { ORDINARY_CHANGE } from "./by-nature/ordinary-change";
import { RESOURCE_SHARED } from "./by-nature/resource-shared";
import { SWITCHED_OFF } from "./by-nature/switched-off";
import { WORKLOAD_ROLE } from "./by-nature/workload-role";
import { CREDENTIAL_CREATED } from "./credentials/credential-created";
import { ENVIRONMENT_REMOVED } from "./environment-removed";
import { BOUNDARY_CHANGED } from "./guard-rails/boundary-changed";
import { BOUNDARY_DROPPED } from "./guard-rails/boundary-dropped";
import { BOUNDARY_WIDENED } from "./guard-rails/boundary-widened";
import { CHANGES_IGNORED } from "./guard-rails/changes-ignored";
import { DENY_REMOVED } from "./guard-rails/deny-removed";
import { DENY_WEAKENED } from "./guard-rails/deny-weakened";
import { DESTROY_ALLOWED } from "./guard-rails/destroy-allowed";
import { EXCLUSIVE_ATTACHMENT } from "./guard-rails/exclusive-attachment";
import { EXCLUSIVE_LIST_REMOVED } from "./guard-rails/exclusive-list-removed";
import { GUARD_ESCAPED } from "./guard-rails/guard-escaped";
import { GUARD_REMOVED } from "./guard-rails/guard-removed";
import { GUARD_WEAKENED } from "./guard-rails/guard-weakened";
import { POLICY_LANGUAGE_DOWNGRADED } from "./guard-rails/policy-language-downgraded";
import { PROTECTION_REMOVED } from "./guard-rails/protection-removed";
import { PROTECTION_WEAKENED } from "./guard-rails/protection-weakened";
import { QUARANTINE_REMOVED } from "./guard-rails/quarantine-removed";
import { REPLACEMENT_TRIGGERED } from "./guard-rails/replacement-triggered";
import { USER_UNGUARDED } from "./guard-rails/user-unguarded";
import { FORCE_DESTROY } from "./identities/force-destroy";
import { GROUP_JOINED } from "./identities/group-joined";
import { GROUP_LEFT } from "./identities/group-left";
import { IDENTITY_ADDED } from "./identities/identity-added";
import { IDENTITY_DESTROYED } from "./identities/identity-destroyed";
import { IDENTITY_RENAMED } from "./identities/identity-renamed";
import { IDENTITY_REPLACED } from "./identities/identity-replaced";
import { INSTANCE_PROFILE_ADDED } from "./identities/instance-profile-added";
import { KEY_KEPT_ACTIVE } from "./identities/key-kept-active";
import { KEY_RULES_ESCAPED } from "./identities/key-rules-escaped";
import { PATH_CHANGED } from "./identities/path-changed";
import { SESSION_LENGTHENED } from "./identities/session-lengthened";
import { SESSION_SHORTENED } from "./identities/session-shortened";
import { TAG_WITH_MEANING_CHANGED } from "./identities/tag-with-meaning-changed";
import { FUNCTION_PUBLIC } from "./resources/function-public";
import { HELD_POLICY_WIDENED } from "./resources/held-policy-widened";
import { LIMIT_WIDENED } from "./resources/limit-widened";
import { RESOURCE_POLICY_WIDENED } from "./resources/resource-policy-widened";
import { RESOURCE_PUBLIC } from "./resources/resource-public";
import { FUNCTION_CODE } from "./safeguards/function-code";
import { SAFEGUARD_CHANGED } from "./safeguards/safeguard-changed";
import { SAFEGUARD_REMOVED } from "./safeguards/safeguard-removed";
import { SAFEGUARD_TOUCHED } from "./safeguards/safeguard-touched";
import { SAFEGUARD_WEAKENED } from "./safeguards/safeguard-weakened";
import { STACK_REMOVED } from "./stack-removed";
import { ACTION_INVOKED } from "./terraform/action-invoked";
import { BACKEND_CHANGED } from "./terraform/backend-changed";
import { CODE_IN_PLAN } from "./terraform/code-in-plan";
import { DEFERRED_CHANGE } from "./terraform/deferred-change";
import { FILE_READ_AT_PLAN } from "./terraform/file-read-at-plan";
import { FOREIGN_MODULE } from "./terraform/foreign-module";
import { FOREIGN_PROVIDER } from "./terraform/foreign-provider";
import { PROVIDER_ADDED } from "./terraform/provider-added";
import { PROVIDER_CHANGED } from "./terraform/provider-changed";
import { PROVIDER_VERSION_CHANGED } from "./terraform/provider-version-changed";
import { PROVIDER_VERSION_LOOSENED } from "./terraform/provider-version-loosened";
import { PROVISIONER } from "./terraform/provisioner";
import { RESOURCE_FORGOTTEN } from "./terraform/resource-forgotten";
import { RESOURCE_IMPORTED } from "./terraform/resource-imported";
import { SECRET_IN_OUTPUT } from "./terraform/secret-in-output";
import { SETTING_CHANGED } from "./terraform/setting-changed";
import { AUDIENCE_ADDED } from "./trust/audience-added";
import { IDENTITY_PROVIDER_ADDED } from "./trust/identity-provider-added";
import { ROLE_GAINED } from "./trust/role-gained";
import { ROLE_LOST } from "./trust/role-lost";
import { ROLE_UNREACHABLE } from "./trust/role-unreachable";
import { TRUST_ACTION_GAINED } from "./trust/trust-action-gained";
import { TRUST_CONDITION_ADDED } from "./trust/trust-condition-added";
import { TRUST_CONDITION_LOST } from "./trust/trust-condition-lost";

/** Every rule of the review, room by room. A rule that is missing here fails `test/review/rules.test.ts`. */
export const REVIEW_RULES: readonly RuleDeclaration[] = [
  ACCESS_GAINED,
  ACCESS_LOST,
  ADMINISTRATOR_GAINED,
  CONDITION_LOST,
  ESCALATION_GAINED,
  HYGIENE_PERMISSION_LOST,
  POLICY_UNKNOWN,
  RESOURCE_WIDENED,
  AUTHENTICATION_CHANGED,
  CODE_FROM_ELSEWHERE,
  DESTINATION_CHANGED,
  ENCRYPTION_KEY_CHANGED,
  NETWORK_OPENED,
  NOT_JUDGED,
  OPENED_TO_ALL,
  ORDINARY_CHANGE,
  RESOURCE_SHARED,
  SWITCHED_OFF,
  WORKLOAD_ROLE,
  CREDENTIAL_CREATED,
  ENVIRONMENT_REMOVED,
  BOUNDARY_CHANGED,
  BOUNDARY_DROPPED,
  BOUNDARY_WIDENED,
  CHANGES_IGNORED,
  DENY_REMOVED,
  DENY_WEAKENED,
  DESTROY_ALLOWED,
  EXCLUSIVE_ATTACHMENT,
  EXCLUSIVE_LIST_REMOVED,
  GUARD_ESCAPED,
  GUARD_REMOVED,
  GUARD_WEAKENED,
  POLICY_LANGUAGE_DOWNGRADED,
  PROTECTION_REMOVED,
  PROTECTION_WEAKENED,
  QUARANTINE_REMOVED,
  REPLACEMENT_TRIGGERED,
  USER_UNGUARDED,
  FORCE_DESTROY,
  GROUP_JOINED,
  GROUP_LEFT,
  IDENTITY_ADDED,
  IDENTITY_DESTROYED,
  IDENTITY_RENAMED,
  IDENTITY_REPLACED,
  INSTANCE_PROFILE_ADDED,
  KEY_KEPT_ACTIVE,
  KEY_RULES_ESCAPED,
  PATH_CHANGED,
  SESSION_LENGTHENED,
  SESSION_SHORTENED,
  TAG_WITH_MEANING_CHANGED,
  FUNCTION_PUBLIC,
  HELD_POLICY_WIDENED,
  LIMIT_WIDENED,
  RESOURCE_POLICY_WIDENED,
  RESOURCE_PUBLIC,
  FUNCTION_CODE,
  SAFEGUARD_CHANGED,
  SAFEGUARD_REMOVED,
  SAFEGUARD_TOUCHED,
  SAFEGUARD_WEAKENED,
  STACK_REMOVED,
  ACTION_INVOKED,
  BACKEND_CHANGED,
  CODE_IN_PLAN,
  DEFERRED_CHANGE,
  FILE_READ_AT_PLAN,
  FOREIGN_MODULE,
  FOREIGN_PROVIDER,
  PROVIDER_ADDED,
  PROVIDER_CHANGED,
  PROVIDER_VERSION_CHANGED,
  PROVIDER_VERSION_LOOSENED,
  PROVISIONER,
  RESOURCE_FORGOTTEN,
  RESOURCE_IMPORTED,
  SECRET_IN_OUTPUT,
  SETTING_CHANGED,
  AUDIENCE_ADDED,
  IDENTITY_PROVIDER_ADDED,
  ROLE_GAINED,
  ROLE_LOST,
  ROLE_UNREACHABLE,
  TRUST_ACTION_GAINED,
  TRUST_CONDITION_ADDED,
  TRUST_CONDITION_LOST,
];
