import { defineRefusal } from "../../findings/refusal";
import { UNKNOWN_PART } from "../graph";
import { type Place, POLICY_ELEMENT_INVALID } from "./findings";

export const POLICY_ACTION_INVALID = defineRefusal({
  code: "policy-action-invalid",
  title: "An action is not written as IAM takes it",
  why: "It is `*`, or a service, one colon and a name, in which `*` and `?` may stand; in a trust policy it is an action of STS.",
  example:
    'aws_iam_policy.uploads.policy: Statement[0].Action: an action with its service, such as iam:GetUser, got "GetObject"; put the service and a colon before it [policy-action-invalid]',
  remedy: "Write `service:Action`, such as `s3:GetObject`.",
  since: "0.1.0",
});

export const POLICY_RESOURCE_INVALID = defineRefusal({
  code: "policy-resource-invalid",
  title: "A resource is neither an ARN nor *",
  why: "IAM refuses an ARN without its service or parts, and an IAM ARN with a region. Wildcards stand behind the service only.",
  example:
    'aws_iam_policy.uploads.policy: Statement[0].Resource: an ARN or "*", got "octo-website"; write arn:aws:service:region:account:resource [policy-resource-invalid]',
  remedy: "Write `arn:aws:service:region:account:resource`, with the region empty where a service has none.",
  since: "0.1.0",
});

export const POLICY_VARIABLE_INVALID = defineRefusal({
  code: "policy-variable-invalid",
  title: "A policy variable does not end, or is none",
  why: "`${` opens a variable. In Terraform it must be written `$${`, or Terraform takes it for its own.",
  example:
    'aws_iam_policy.uploads.policy: Statement[0].Resource: policy variables such as ${aws:username}, got "arn:aws:s3:::octo-website/${aws:username/*"; close the variable, or write ${$} for a dollar sign [policy-variable-invalid]',
  remedy: "Close the variable, or write `${$}` for a dollar sign.",
  since: "0.1.0",
});

/**
 * `*`, or `service:Action` with wildcards in the action only.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
 */
export function checkAction(action: string, place: Place): void {
  if (action === "*" || action.includes(UNKNOWN_PART)) return;
  const [service = "", name, ...rest] = action.split(":");
  if (name === undefined) {
    place.problem(
      POLICY_ACTION_INVALID,
      "an action with its service, such as iam:GetUser",
      action,
      "put the service and a colon before it",
    );
  } else if (rest.length > 0) {
    place.problem(POLICY_ACTION_INVALID, "one colon in an action", action, "write service:Action");
  } else if (!/^(?:[A-Za-z0-9.-]+|\*)$/.test(service)) {
    place.problem(
      POLICY_ACTION_INVALID,
      "a service of letters, digits and hyphens",
      action,
      "write the service without wildcards",
    );
  } else if (!/^[A-Za-z0-9*?_-]+$/.test(name)) {
    place.problem(
      POLICY_ACTION_INVALID,
      "an action of letters, digits, * and ?",
      action,
      "write service:Action",
    );
  }
}

/** In a trust policy: actions of STS. */
export function checkTrustAction(action: string, place: Place): void {
  checkAction(action, place);
  if (action === "*" || action.includes(UNKNOWN_PART) || !action.includes(":")) return;
  if (!/^(?:sts|\*):/i.test(action)) {
    place.problem(
      POLICY_ACTION_INVALID,
      "an action of sts in a trust policy",
      action,
      "grant other actions in a policy of the role",
    );
  }
}

/** What the resource part of an IAM ARN begins with. */
const IAM_RESOURCE =
  /^(?:\*$|root$|(?:user|federated-user|role|group|instance-profile|mfa|sms-mfa|server-certificate|policy|saml-provider|oidc-provider|report|access-report)\/)/;

const PARTITION = /^(?:aws(?:-[a-z]+)*|\*)$/;

/**
 * `*`, or an ARN. Wildcards may shorten it, but not before its service.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function checkResource(resource: string, place: Place): void {
  if (resource === "*" || resource.startsWith(UNKNOWN_PART)) return;
  const [prefix, partition = "", service, region, , ...rest] = resource.split(":");
  if (prefix !== "arn") {
    place.problem(
      POLICY_RESOURCE_INVALID,
      'an ARN or "*"',
      resource,
      "write arn:aws:service:region:account:resource",
    );
    return;
  }
  if (!PARTITION.test(partition) && !partition.includes(UNKNOWN_PART)) {
    place.problem(POLICY_RESOURCE_INVALID, "a partition such as aws", resource, `replace "${partition}"`);
    return;
  }
  if (service === undefined || service === "" || region === undefined) {
    place.problem(
      POLICY_RESOURCE_INVALID,
      "an ARN that names its service",
      resource,
      "write arn:aws:service:region:account:resource",
    );
    return;
  }
  const wholly = rest.length === 0;
  if (wholly && !resource.endsWith("*") && !resource.includes(UNKNOWN_PART)) {
    place.problem(
      POLICY_RESOURCE_INVALID,
      "an ARN of six parts",
      resource,
      "write arn:aws:service:region:account:resource",
    );
    return;
  }
  if (service === "iam") checkIamResource(resource, region, rest.join(":"), wholly, place);
  checkVariables(resource, place);
}

function checkIamResource(
  resource: string,
  region: string,
  path: string,
  wholly: boolean,
  place: Place,
): void {
  if (region !== "" && !region.includes(UNKNOWN_PART) && !(wholly && region === "*")) {
    place.problem(
      POLICY_RESOURCE_INVALID,
      "an IAM ARN without a region",
      resource,
      "leave the region empty: arn:aws:iam::account:...",
    );
  }
  if (!wholly && !IAM_RESOURCE.test(path) && !path.startsWith(UNKNOWN_PART)) {
    place.problem(
      POLICY_RESOURCE_INVALID,
      'an IAM resource such as user/, role/, policy/ or "*"',
      resource,
      "correct the part after the account",
    );
  }
}

/** Every `${` opens a policy variable that ends. */
export function checkVariables(text: string, place: Place): void {
  const rest = text.replace(/\$\{\s*(?:[*?$]|[^\s,'{}]+\s*(?:,\s*'[^']*')?)\s*\}/g, "");
  if (rest.includes("${")) {
    place.problem(
      POLICY_VARIABLE_INVALID,
      "policy variables such as ${aws:username}",
      text,
      "close the variable, or write ${$} for a dollar sign",
    );
  }
}

/** `[A-Za-z0-9]*`. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html */
export function checkSid(sid: string, place: Place): void {
  if (!/^[A-Za-z0-9\uFFFD]*$/.test(sid)) {
    place.problem(POLICY_ELEMENT_INVALID, "a Sid of A-Z, a-z and 0-9", sid, "leave other characters out");
  }
}
