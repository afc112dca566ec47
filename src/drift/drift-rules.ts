import type { RuleDeclaration } from "../findings/rule";
import type { AccessFact, FactOf } from "./access-fact";
import type { AccessRule, DriftRule } from "./drift-rule";
import { boundaryChanged } from "./rules/boundary-changed";
import { groupJoined } from "./rules/group-joined";
import { groupLeft } from "./rules/group-left";
import { instanceProfileAdded } from "./rules/instance-profile-added";
import { instanceProfileRemoved } from "./rules/instance-profile-removed";
import { keyQuarantined } from "./rules/key-quarantined";
import { passwordPolicyChanged } from "./rules/password-policy-changed";
import { pathChanged } from "./rules/path-changed";
import { policyAttached } from "./rules/policy-attached";
import { policyChanged } from "./rules/policy-changed";
import { policyDeleted } from "./rules/policy-deleted";
import { policyDetached } from "./rules/policy-detached";
import { policyVersionWaiting } from "./rules/policy-version-waiting";
import { principalDeleted } from "./rules/principal-deleted";
import { principalRecreated } from "./rules/principal-recreated";
import { principalRenamed } from "./rules/principal-renamed";
import { resourceChanged } from "./rules/resource-changed";
import { resourceDeleted } from "./rules/resource-deleted";
import { sessionChanged } from "./rules/session-changed";
import { stackLeftBehind } from "./rules/stack-left-behind";
import { stackNotDeployed } from "./rules/stack-not-deployed";
import { trustChanged } from "./rules/trust-changed";
import { undeclaredAccessKey } from "./rules/undeclared-access-key";
import { undeclaredFunction } from "./rules/undeclared-function";
import { undeclaredFunctionPermission } from "./rules/undeclared-function-permission";
import { undeclaredGroup } from "./rules/undeclared-group";
import { undeclaredIdentityProvider } from "./rules/undeclared-identity-provider";
import { undeclaredMfaDevice } from "./rules/undeclared-mfa-device";
import { undeclaredPassword } from "./rules/undeclared-password";
import { undeclaredPolicy } from "./rules/undeclared-policy";
import { undeclaredRole } from "./rules/undeclared-role";
import { undeclaredSchedule } from "./rules/undeclared-schedule";
import { undeclaredServiceCredential } from "./rules/undeclared-service-credential";
import { undeclaredSigningCertificate } from "./rules/undeclared-signing-certificate";
import { undeclaredSshKey } from "./rules/undeclared-ssh-key";
import { undeclaredSubscription } from "./rules/undeclared-subscription";
import { undeclaredUser } from "./rules/undeclared-user";
import { undeclaredWayUp } from "./rules/undeclared-way-up";
import { undeployedChange } from "./rules/undeployed-change";
import type { UndeclaredFact, UndeclaredFactOf } from "./undeclared-fact";

type AccessRules = { readonly [K in AccessFact["kind"]]: AccessRule<FactOf<K>, K> };
type UndeclaredRules = { readonly [K in UndeclaredFact["kind"]]: DriftRule<UndeclaredFactOf<K>, K> };

const ACCESS_RULES: AccessRules = {
  "boundary-changed": boundaryChanged,
  "group-joined": groupJoined,
  "group-left": groupLeft,
  "instance-profile-added": instanceProfileAdded,
  "instance-profile-removed": instanceProfileRemoved,
  "path-changed": pathChanged,
  "key-quarantined": keyQuarantined,
  "policy-attached": policyAttached,
  "policy-changed": policyChanged,
  "policy-deleted": policyDeleted,
  "policy-detached": policyDetached,
  "policy-version-waiting": policyVersionWaiting,
  "principal-deleted": principalDeleted,
  "principal-recreated": principalRecreated,
  "principal-renamed": principalRenamed,
  "session-changed": sessionChanged,
  "trust-changed": trustChanged,
};

const UNDECLARED_RULES: UndeclaredRules = {
  "undeclared-access-key": undeclaredAccessKey,
  "undeclared-function": undeclaredFunction,
  "undeclared-function-permission": undeclaredFunctionPermission,
  "undeclared-schedule": undeclaredSchedule,
  "undeclared-subscription": undeclaredSubscription,
  "undeclared-group": undeclaredGroup,
  "undeclared-identity-provider": undeclaredIdentityProvider,
  "undeclared-mfa-device": undeclaredMfaDevice,
  "undeclared-password": undeclaredPassword,
  "undeclared-policy": undeclaredPolicy,
  "undeclared-role": undeclaredRole,
  "undeclared-service-credential": undeclaredServiceCredential,
  "undeclared-signing-certificate": undeclaredSigningCertificate,
  "undeclared-ssh-key": undeclaredSshKey,
  "undeclared-user": undeclaredUser,
  "undeclared-way-up": undeclaredWayUp,
};

/** Every rule of drift, in the order of their ids: acceptances of these are this command's business. */
export const DRIFT_RULES: readonly RuleDeclaration[] = [
  ...Object.values(ACCESS_RULES),
  ...Object.values(UNDECLARED_RULES),
  passwordPolicyChanged,
  resourceChanged,
  resourceDeleted,
  stackLeftBehind,
  stackNotDeployed,
  undeployedChange,
]
  .map(({ declaration }) => declaration)
  .sort((left, right) => (left.id < right.id ? -1 : 1));

/** The rule of a fact about access. */
export function accessRule(fact: AccessFact): AccessRule<AccessFact> {
  return ACCESS_RULES[fact.kind] as AccessRule<AccessFact>;
}

/** The rule of something that nobody declares. */
export function undeclaredRule(fact: UndeclaredFact): DriftRule<UndeclaredFact> {
  return UNDECLARED_RULES[fact.kind] as DriftRule<UndeclaredFact>;
}
