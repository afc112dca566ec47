import type { RuleDeclaration } from "../../findings/rule";
import type { AccountRule, RootRule, UserRule } from "./audit-rule";
import { additionalCredentials } from "./rules/additional-credentials";
import { breakGlassKeyActive } from "./rules/break-glass-key-active";
import { breakGlassUsed } from "./rules/break-glass-used";
import { declaredUserMissing } from "./rules/declared-user-missing";
import { keyEndsSoon } from "./rules/key-ends-soon";
import { keyTooOld } from "./rules/key-too-old";
import { keyUnused } from "./rules/key-unused";
import { keyWithoutMfa } from "./rules/key-without-mfa";
import { nightlyKeyActive } from "./rules/nightly-key-active";
import { nightlyKeyUnproven } from "./rules/nightly-key-unproven";
import { passwordEnabled } from "./rules/password-enabled";
import { passwordNeverExpires } from "./rules/password-never-expires";
import { passwordUnused } from "./rules/password-unused";
import { passwordWithoutMfa } from "./rules/password-without-mfa";
import { reportTooOld } from "./rules/report-too-old";
import { rootAccessKey } from "./rules/root-access-key";
import { rootHasCredentials } from "./rules/root-has-credentials";
import { rootSigningCertificate } from "./rules/root-signing-certificate";
import { rootUsed } from "./rules/root-used";
import { rootWithoutMfa } from "./rules/root-without-mfa";
import { serverCertificateExpired } from "./rules/server-certificate-expired";
import { serviceSpecificCredentialActive } from "./rules/service-specific-credential-active";
import { signingCertificateActive } from "./rules/signing-certificate-active";
import { sshPublicKeyActive } from "./rules/ssh-public-key-active";
import { twoActiveKeys } from "./rules/two-active-keys";
import { twoActiveKeysInUse } from "./rules/two-active-keys-in-use";
import { unmanagedUser } from "./rules/unmanaged-user";
import { userQuarantined } from "./rules/user-quarantined";

export const ROOT_RULES: readonly RootRule[] = [
  rootAccessKey,
  rootWithoutMfa,
  rootUsed,
  rootHasCredentials,
  rootSigningCertificate,
];

export const USER_RULES: readonly UserRule[] = [
  passwordEnabled,
  passwordWithoutMfa,
  passwordNeverExpires,
  passwordUnused,
  unmanagedUser,
  keyWithoutMfa,
  keyTooOld,
  keyUnused,
  keyEndsSoon,
  twoActiveKeys,
  twoActiveKeysInUse,
  nightlyKeyActive,
  nightlyKeyUnproven,
  additionalCredentials,
  signingCertificateActive,
  breakGlassKeyActive,
  breakGlassUsed,
];

export const ACCOUNT_RULES: readonly AccountRule[] = [
  serverCertificateExpired,
  userQuarantined,
  sshPublicKeyActive,
  serviceSpecificCredentialActive,
  declaredUserMissing,
  reportTooOld,
];

/** Every rule of the credential audit. Ids are stable: acceptances in environments name them. */
export const AUDIT_RULES: readonly RuleDeclaration[] = [...ROOT_RULES, ...USER_RULES, ...ACCOUNT_RULES].map(
  ({ declaration }) => declaration,
);

/** Ids of all rules, for acceptances. */
export const AUDIT_RULE_IDS: readonly string[] = AUDIT_RULES.map(({ id }) => id);
