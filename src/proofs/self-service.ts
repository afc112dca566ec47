/** What a person's user may do as itself, and on what. This is the yardstick; the policy builders have their own list. */
type On = "own-user" | "own-mfa-device" | "anything";

interface SelfServiceAction {
  readonly on: On;
  /** Part of enrolling and starting a session: allowed without MFA. */
  readonly withoutMfa: boolean;
  /** Only with MFA, also where the guard's MFA part is off. */
  readonly onlyWithMfa?: true;
}

/**
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_my-sec-creds-self-manage.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 */
const SELF_SERVICE: Readonly<Record<string, SelfServiceAction>> = {
  "iam:GetUser": { on: "own-user", withoutMfa: true },
  "iam:ListMFADevices": { on: "own-user", withoutMfa: true },
  "iam:GetMFADevice": { on: "own-user", withoutMfa: true },
  "iam:EnableMFADevice": { on: "own-user", withoutMfa: true },
  "iam:ResyncMFADevice": { on: "own-user", withoutMfa: true },
  "iam:CreateVirtualMFADevice": { on: "own-mfa-device", withoutMfa: true },
  "iam:ListVirtualMFADevices": { on: "anything", withoutMfa: true },
  "sts:GetSessionToken": { on: "anything", withoutMfa: true },
  "iam:ListAccessKeys": { on: "own-user", withoutMfa: false },
  "iam:GetAccessKeyLastUsed": { on: "own-user", withoutMfa: false },
  "iam:CreateAccessKey": { on: "own-user", withoutMfa: false },
  "iam:DeleteAccessKey": { on: "own-user", withoutMfa: false },
  "iam:UpdateAccessKey": { on: "own-user", withoutMfa: false },
  "iam:DeactivateMFADevice": { on: "own-user", withoutMfa: false, onlyWithMfa: true },
  "iam:DeleteVirtualMFADevice": { on: "own-mfa-device", withoutMfa: false, onlyWithMfa: true },
};

const BY_LOWER_CASE = new Map(Object.entries(SELF_SERVICE).map(([name, rule]) => [name.toLowerCase(), rule]));

export interface SelfServiceAsked {
  readonly action: string;
  readonly resource: string;
  readonly userArn: string;
  readonly mfaArn: string;
  readonly withMfa: boolean;
  /** The guard of the user asks for MFA. */
  readonly guardAsksForMfa: boolean;
  readonly selfReactivation: boolean;
}

/** Whether an action is self-service: on the user itself, with MFA where that is asked. */
export function isSelfService(asked: SelfServiceAsked): boolean {
  const action = asked.action.toLowerCase();
  const rule = BY_LOWER_CASE.get(action);
  if (rule === undefined) return false;
  if (action === "iam:updateaccesskey" && !asked.selfReactivation) return false;
  if (!asked.withMfa && (rule.onlyWithMfa || (asked.guardAsksForMfa && !rule.withoutMfa))) return false;
  return isOn(rule.on, asked);
}

function isOn(on: On, { resource, userArn, mfaArn }: SelfServiceAsked): boolean {
  if (on === "anything") return true;
  if (on === "own-user") return resource === userArn;
  return resource === mfaArn || resource.startsWith(`${mfaArn}/`);
}

/** Actions that everybody may do without MFA. `sts:GetCallerIdentity` cannot be denied. */
export function isAllowedWithoutMfa(action: string): boolean {
  return (
    BY_LOWER_CASE.get(action.toLowerCase())?.withoutMfa === true ||
    action.toLowerCase() === "sts:getcalleridentity"
  );
}

/** Self-service that must work, with the resource it acts on. */
export function selfServiceOf(
  userArn: string,
  mfaArn: string,
  selfReactivation: boolean,
): readonly { readonly action: string; readonly resource: string; readonly withoutMfa: boolean }[] {
  const resources: Readonly<Record<On, string>> = {
    "own-user": userArn,
    "own-mfa-device": mfaArn,
    anything: "*",
  };
  return Object.entries(SELF_SERVICE)
    .filter(([action]) => selfReactivation || action !== "iam:UpdateAccessKey")
    .map(([action, { on, withoutMfa }]) => ({ action, resource: resources[on], withoutMfa }));
}
