import { ACCOUNT_ACCESS, ACCOUNT_ACCESS_ACTIONS } from "../environment/account-access";
import type { Statement } from "../iam/policy-document";

export interface ServiceTrustSettings {
  /** Service principal: `ec2.amazonaws.com`. */
  readonly principal: string;
  /** Account whose resources the service must act for; absent: not asked. */
  readonly sourceAccount?: string | undefined;
  /** Resources the service must act for. */
  readonly sourceArns?: readonly string[] | undefined;
}

/** Services that are known not to send `aws:SourceAccount` when they assume a role: the condition would lock them out. */
const WITHOUT_SOURCE_ACCOUNT = new Set(["ec2.amazonaws.com", "ec2.amazonaws.com.cn", "lambda.amazonaws.com"]);

/** Whether a service names the account it acts for, so that the confused-deputy condition can be asked. */
export function sendsSourceAccount(principal: string): boolean {
  return !WITHOUT_SOURCE_ACCOUNT.has(principal);
}

/**
 * A service assumes the role, for this account's resources only where it says so (confused deputy).
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export function serviceTrustStatement({
  principal,
  sourceAccount,
  sourceArns,
}: ServiceTrustSettings): Statement {
  const condition = {
    ...(sourceAccount !== undefined && { StringEquals: { "aws:SourceAccount": sourceAccount } }),
    ...(sourceArns !== undefined && { ArnLike: { "aws:SourceArn": sourceArns } }),
  };
  return {
    Sid: "AllowService",
    Effect: "Allow",
    Principal: { Service: principal },
    Action: principal === ACCOUNT_ACCESS ? ACCOUNT_ACCESS_ACTIONS : "sts:AssumeRole",
    ...(Object.keys(condition).length > 0 && { Condition: condition }),
  };
}
