import { UNKNOWN_PART } from "../graph";
import type { Place } from "./findings";

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
      "an action with its service, such as iam:GetUser",
      action,
      "put the service and a colon before it",
    );
  } else if (rest.length > 0) {
    place.problem("one colon in an action", action, "write service:Action");
  } else if (!/^(?:[A-Za-z0-9.-]+|\*)$/.test(service)) {
    place.problem("a service of letters, digits and hyphens", action, "write the service without wildcards");
  } else if (!/^[A-Za-z0-9*?_-]+$/.test(name)) {
    place.problem("an action of letters, digits, * and ?", action, "write service:Action");
  }
}

/** In a trust policy: actions of STS. */
export function checkTrustAction(action: string, place: Place): void {
  checkAction(action, place);
  if (action === "*" || action.includes(UNKNOWN_PART) || !action.includes(":")) return;
  if (!/^(?:sts|\*):/i.test(action)) {
    place.problem(
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
    place.problem('an ARN or "*"', resource, "write arn:aws:service:region:account:resource");
    return;
  }
  if (!PARTITION.test(partition) && !partition.includes(UNKNOWN_PART)) {
    place.problem("a partition such as aws", resource, `replace "${partition}"`);
    return;
  }
  if (service === undefined || service === "" || region === undefined) {
    place.problem("an ARN that names its service", resource, "write arn:aws:service:region:account:resource");
    return;
  }
  const wholly = rest.length === 0;
  if (wholly && !resource.endsWith("*") && !resource.includes(UNKNOWN_PART)) {
    place.problem("an ARN of six parts", resource, "write arn:aws:service:region:account:resource");
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
      "an IAM ARN without a region",
      resource,
      "leave the region empty: arn:aws:iam::account:...",
    );
  }
  if (!wholly && !IAM_RESOURCE.test(path) && !path.startsWith(UNKNOWN_PART)) {
    place.problem(
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
      "policy variables such as ${aws:username}",
      text,
      "close the variable, or write ${$} for a dollar sign",
    );
  }
}

/** `[A-Za-z0-9]*`. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html */
export function checkSid(sid: string, place: Place): void {
  if (!/^[A-Za-z0-9\uFFFD]*$/.test(sid)) {
    place.problem("a Sid of A-Z, a-z and 0-9", sid, "leave other characters out");
  }
}
