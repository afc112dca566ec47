import { asked, type Control, excepted, met, notOurs } from "./control";

/**
 * CIS AWS Foundations Benchmark v7.0.0, section 2: identity and access management.
 *
 * @see https://www.cisecurity.org/benchmark/amazon_web_services
 */
export const CIS_SECTION_2: readonly Control[] = [
  notOurs(
    "2.1.1",
    "the organization's root access is managed centrally",
    'The management account\'s business; `root: { credentials: "central" }` says that it is so for a member account.',
  ),
  notOurs(
    "2.1.2",
    "the organization's guardrails",
    "Service and resource control policies are the organization's.",
  ),
  notOurs("2.1.3", "organizational units", "The organization's."),
  notOurs("2.1.4", "delegated administration", "The organization's."),
  notOurs("2.1.5", "the organization's policies", "The organization's."),
  notOurs("2.1.6", "the organization's accounts", "The organization's."),
  notOurs("2.2", "contact details", "Written in the account's settings by a person."),
  notOurs("2.3", "a security contact", "Written in the account's settings by a person."),
  met(
    "2.4",
    "no access key of root",
    "Nothing makes one; the audit and AWS Config tell of one, the detection of its use.",
    "root-access-key",
    "root-used",
  ),
  met(
    "2.5",
    "MFA for root",
    "The audit tells where it is missing, unless root's credentials are central.",
    "root-without-mfa",
  ),
  notOurs(
    "2.6",
    "hardware MFA for root",
    "A purchase. AWS Config's rule for it is not among those that the baseline puts in force.",
  ),
  met(
    "2.7",
    "root is not used daily",
    "Nothing needs it; each use is told at once and audited.",
    "root-used",
  ),
  asked(
    "2.8",
    "passwords of 14 characters",
    "`account.passwordPolicy`. No user has a password.",
    "password-enabled",
  ),
  asked("2.9", "no password again", "`account.passwordPolicy`. No user has a password.", "password-enabled"),
  met(
    "2.10",
    "MFA for users with a password",
    "No user has a password; the guard denies everything without MFA.",
    "password-without-mfa",
    "users-need-mfa",
  ),
  asked(
    "2.11",
    "credentials unused for 45 days are disabled",
    "`keyRules` with `unusedDays: 45`: the nightly run sets them to Inactive.",
    "key-unused",
  ),
  asked("2.12", "keys of 90 days at most", "`keyRules` with `maxAgeDays: 90`.", "key-too-old"),
  met(
    "2.13",
    "permissions through groups alone",
    "Exclusive lists take away what somebody gives a user.",
    "users-are-declared",
  ),
  excepted(
    "2.14",
    "no policy that allows everything",
    "A role with `administrator: true` attaches AdministratorAccess: somebody has to administer. It is assumed with recent MFA by listed devices alone, from an allowed network, and no other role may hold it.",
    "administrator-paths",
  ),
  asked("2.15", "a support role", 'A role with `managedPolicies: ["AWSSupportAccess"]`.'),
  asked(
    "2.16",
    "roles for instances",
    '`service: { principal: "ec2.amazonaws.com" }` makes role and instance profile.',
  ),
  met("2.17", "no expired certificate in IAM", "The audit lists them.", "server-certificate-expired"),
  asked(
    "2.18",
    "IAM Access Analyzer in every region",
    "`detection.accessAnalyzer`, in the home region and us-east-1. Further regions in use need an analyzer each: CIS asks for all of them.",
    "external-access-found",
  ),
  excepted(
    "2.19",
    "users are managed centrally",
    "One IAM user for each device is the idea of this baseline; roles of people may be assumed by a SAML provider or Identity Center beside or instead (docs/federation.md).",
  ),
  met(
    "2.20",
    "AWSCloudShellFullAccess is restricted",
    "Nothing attaches it, and whoever does by hand is told.",
    "users-only-self-service",
    "access-changed",
  ),
  met(
    "2.21",
    "no policy lets everybody in",
    "A trust policy names who may assume a role, or synthesis refuses it.",
    "roles-are-assumed-as-declared",
  ),
];
