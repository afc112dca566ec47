import { bySeverity, type Severity } from "../findings/severity";
import { accessLevel, expandActions } from "../iam/actions";
import type { Grant } from "../iam/comparison/grant";
import { isCovered, mayMeet, type PatternSet, setsMeet } from "../iam/comparison/pattern-sets";
import type { Atom } from "../iam/comparison/remainder";
import { UNKNOWN_PART } from "../iam/graph";
import type { EscalationMethod } from "../proofs/escalation/method";
import { ESCALATION_METHODS } from "../proofs/escalation/methods";
import { listed } from "./review-finding";

/** Actions that hand on or uncover rights, beside those of the known methods. */
const FURTHER = [
  ...["DeleteRolePermissionsBoundary", "DeleteUserPermissionsBoundary", "PutRolePermissionsBoundary"],
  ...["PutUserPermissionsBoundary", "DeleteUserPolicy", "DeleteRolePolicy", "DeleteGroupPolicy"],
  ...[
    "DetachUserPolicy",
    "DetachRolePolicy",
    "DetachGroupPolicy",
    "RemoveUserFromGroup",
    "CreateUser",
    "CreateRole",
  ],
  ...["UploadSSHPublicKey", "UploadSigningCertificate", "UpdateAccessKey", "DeactivateMFADevice"],
  ...["DeleteVirtualMFADevice", "CreateSAMLProvider", "UpdateSAMLProvider", "PassRole"],
]
  .map((name) => `iam:${name}`)
  .concat(
    [
      "sts:AssumeRole",
      "sts:GetFederationToken",
      "lambda:AddPermission",
      "kms:CreateGrant",
      "kms:PutKeyPolicy",
    ],
    ["organizations:DetachPolicy", "organizations:LeaveOrganization", "sso:CreateAccountAssignment"],
    [
      "rolesanywhere:CreateProfile",
      "rolesanywhere:CreateTrustAnchor",
      "s3:PutBucketPolicy",
      "s3:DeleteBucketPolicy",
    ],
    ["s3:PutBucketAcl", "s3:PutBucketPublicAccessBlock", "cloudtrail:StopLogging", "cloudtrail:DeleteTrail"],
    ["cloudtrail:PutEventSelectors", "guardduty:DeleteDetector"],
  );

/**
 * The actions of a method that carry it. What only helps it on (a table, a cluster, a start) many workloads may do, and
 * a role is passed by `iam:PassRole` alone.
 */
function carrying({ needs, gain }: EscalationMethod): readonly string[] {
  if (gain.kind === "passed-role") return needs.filter((name) => name === "iam:PassRole");
  return gain.kind === "running-role" ? needs.slice(0, 1) : needs;
}

/** Actions with which lesser rights become greater ones, in lower case. */
const ESCALATIONS: readonly string[] = [
  ...new Set([...ESCALATION_METHODS.flatMap(carrying), ...FURTHER].map((name) => name.toLowerCase())),
];

/** With one of these on anything, the account is held. */
const DECISIVE = [
  "iam:putrolepolicy",
  "iam:attachrolepolicy",
  "iam:attachuserpolicy",
  "iam:putuserpolicy",
].concat(
  ["iam:createpolicyversion", "iam:updateassumerolepolicy", "iam:putgrouppolicy", "iam:attachgrouppolicy"],
  ["iam:createaccesskey", "iam:createloginprofile"],
);

/** Writing rights into one's own user: whoever may, holds the account as well. */
const DECISIVE_OWN = ["iam:putuserpolicy", "iam:attachuserpolicy"];

/** What people may do with the credentials of their own user; every other escalation is one on oneself, too. */
const SELF_SERVICE: ReadonlySet<string> = new Set(
  [
    ...[
      "CreateAccessKey",
      "UpdateAccessKey",
      "DeleteAccessKey",
      "CreateLoginProfile",
      "UpdateLoginProfile",
      "ChangePassword",
    ],
    ...["UploadSSHPublicKey", "UploadSigningCertificate", "CreateServiceSpecificCredential"],
    ...["ResetServiceSpecificCredential", "DeactivateMFADevice", "DeleteVirtualMFADevice"],
    ...["EnableMFADevice", "CreateVirtualMFADevice", "ResyncMFADevice"],
  ].map((name) => `iam:${name.toLowerCase()}`),
);

const KNOWN = [...new Set([...ESCALATIONS, ...DECISIVE])];
const KNOWN_SET: ReadonlySet<string> = new Set(KNOWN);

/** Reading what others keep secret. */
const SECRETS = ["secretsmanager:getsecretvalue", "ssm:getparameter", "ssm:getparameters", "kms:decrypt"];

export interface Weight {
  readonly severity: Severity;
  /** Administrator rights, or as good as. */
  readonly isAdministrator: boolean;
  /** Nothing but the caller's own user: self-service. */
  readonly isOwn: boolean;
  /** Escalation actions among what is allowed, in lower case. */
  readonly escalations: readonly string[];
}

/** How much these pieces are worth to who has them. */
export function weightOf(atoms: readonly Atom[]): Weight {
  let severity: Severity = "low";
  let isAdministrator = false;
  let isOwn = true;
  const escalations = new Set<string>();
  for (const { actions, resources } of atoms) {
    const everywhere = isBroad(resources);
    const own = isOwnOf(resources);
    const decisive = everywhere ? DECISIVE : own ? DECISIVE_OWN : [];
    if (decisive.some((action) => includes(actions, action))) isAdministrator = true;
    isOwn = isOwn && own;
    const ways = ESCALATIONS.filter(
      (action) => includes(actions, action) && !(own && SELF_SERVICE.has(action)),
    );
    for (const action of ways) escalations.add(action);
    if (ways.length > 0) severity = worse(severity, "high");
    else if (!own) severity = worse(severity, levelOf(actions, everywhere || isServiceWide(resources)));
  }
  return {
    severity: isAdministrator ? "critical" : severity,
    isAdministrator,
    isOwn,
    escalations: [...escalations],
  };
}

/** The caller's own user and MFA devices; a prefix of a bucket is not a credential. */
function isOwnOf({ patterns, negated }: PatternSet): boolean {
  return (
    !negated &&
    patterns.every((pattern) => /^arn:[^:]*:iam:/.test(pattern) && pattern.includes("${aws:username}"))
  );
}

function includes(actions: PatternSet, action: string): boolean {
  return actions.negated
    ? !isCovered(action, actions.patterns)
    : actions.patterns.some((pattern) => escalationsIn(pattern).has(action));
}

const found = new Map<string, ReadonlySet<string>>();

/** Escalation actions that a pattern covers: asked for the same patterns again and again. */
function escalationsIn(pattern: string): ReadonlySet<string> {
  let actions = found.get(pattern);
  if (actions === undefined) {
    actions = /[*?$\uFFFD]/.test(pattern)
      ? new Set(KNOWN.filter((action) => mayMeet(pattern, action)))
      : new Set(KNOWN_SET.has(pattern) ? [pattern] : []);
    found.set(pattern, actions);
  }
  return actions;
}

/** Any user, role or policy of an account, or of all. */
export function isBroad({ patterns, negated }: PatternSet): boolean {
  if (negated) return true;
  return patterns.some((pattern) =>
    /^(?:\*|arn:[^:]*:(?:\*|(?:iam|sts):[^:]*:[^:]*:(?:\*|\w*\*?|\w+\/\*)))$/.test(pattern),
  );
}

/** All that a service has: `arn:aws:s3:::*`. */
function isServiceWide({ patterns }: PatternSet): boolean {
  return patterns.some((pattern) => /^arn:[^:]*:[^:]*:[^:]*:[^:]*:\*(?:\/\*)?$/.test(pattern));
}

function levelOf(actions: PatternSet, everywhere: boolean): Severity {
  if (actions.negated) return "high";
  return actions.patterns.map((pattern) => patternLevel(pattern, everywhere)).reduce(worse, "low");
}

const levels = new Map<string, Severity>();

function patternLevel(pattern: string, everywhere: boolean): Severity {
  const key = `${everywhere} ${pattern}`;
  let level = levels.get(key);
  if (level === undefined) {
    level = readLevel(pattern, everywhere);
    levels.set(key, level);
  }
  return level;
}

function readLevel(pattern: string, everywhere: boolean): Severity {
  if (pattern === "*" || pattern.split(":")[0]?.includes("*") || pattern.includes(UNKNOWN_PART))
    return "high";
  if (SECRETS.some((secret) => mayMeet(pattern, secret))) return "high";
  const actions = /[*?]/.test(pattern) ? expandActions(pattern) : [pattern];
  let level: Severity = "low";
  for (const name of actions) {
    const kind = accessLevel(name);
    if (kind === "Permissions management") level = worse(level, "high");
    else if (kind === "Write" || kind === "Tagging" || kind === undefined)
      level = worse(level, everywhere ? "high" : "medium");
    else if (everywhere && /^s3:getobject/i.test(name)) level = worse(level, "medium");
  }
  return level;
}

export function worse(left: Severity, right: Severity): Severity {
  return bySeverity(left, right) <= 0 ? left : right;
}

/** What pieces allow, in words: `iam:PassRole, s3:* on *`. */
export function atomsText(atoms: readonly Atom[]): string {
  const what = actionsText(atoms);
  const where = setsText(
    atoms.map(({ resources }) => resources),
    "everything but",
    shownText,
  );
  return `${what === "*" ? "everything" : what} on ${where === "*" ? "any resource" : where}`;
}

export function actionsText(atoms: readonly Atom[]): string {
  return setsText(
    atoms.map(({ actions }) => actions),
    "every action but",
    spelled,
  );
}

function setsText(sets: readonly PatternSet[], but: string, read: (pattern: string) => string): string {
  const texts = new Set<string>();
  for (const { patterns, negated } of sets) {
    if (negated) texts.add(`${but} ${listed(patterns.map(read), 5)}`);
    else for (const pattern of patterns) texts.add(read(pattern));
  }
  return texts.has("*") ? "*" : listed([...texts], 5);
}

/** In AWS's own spelling where the action is known. */
export function spelled(pattern: string): string {
  const [known] = pattern === "*" ? [] : expandActions(pattern);
  if (known === undefined || !/[*?]/.test(pattern)) return known ?? pattern;
  // the letters before the first wildcard and after the last one are those of any action that it stands for
  const first = pattern.search(/[*?]/);
  const tail = pattern.length - 1 - Math.max(pattern.lastIndexOf("*"), pattern.lastIndexOf("?"));
  const middle = pattern.slice(first, pattern.length - tail);
  return `${known.slice(0, first)}${middle}${tail === 0 ? "" : known.slice(-tail)}`;
}

/** Unknown parts as a star that nobody takes for one of IAM. */
export function shownText(text: string): string {
  return text.replaceAll(UNKNOWN_PART, "(?)");
}

/** Known methods that what is allowed now makes complete, and what was allowed before did not. */
export function newMethods(before: readonly Grant[], after: readonly Grant[]): readonly string[] {
  const may = (grants: readonly Grant[], action: string) =>
    grants.some(({ effect, actions }) => effect === "Allow" && includes(actions, action.toLowerCase()));
  return ESCALATION_METHODS.filter(
    ({ needs }) =>
      needs.every((action) => may(after, action)) && !needs.every((action) => may(before, action)),
  ).map(({ id, title }) => `${id}: ${title}`);
}

export function meetsAction(actions: PatternSet, action: string): boolean {
  return setsMeet(actions, { patterns: [action], negated: false });
}
