import { expandActions } from "../../iam/actions";
import { isManagedPolicyArn } from "../../iam/managed-policies";
import { conditionKey } from "../../iam/names/condition-keys";
import { isRegion } from "../../iam/names/regions";
import { isServicePrincipal } from "../../iam/names/service-principals";

/** Identity providers that IAM knows by name, and the one whose claims everybody knows. */
const WELL_KNOWN_PROVIDERS =
  /^(?:accounts\.google\.com|cognito-identity\.amazonaws\.com|graph\.facebook\.com|www\.amazon\.com|token\.actions\.githubusercontent\.com)(?::[a-z_]+)?$/;

const WORDS: ReadonlySet<string> = new Set(["true", "false", "sts.amazonaws.com"]);

/**
 * Whether a text is one of AWS's own words, which say nothing of whoever wrote them: an action, a service, a region, a
 * policy of AWS, a wildcard. Names of accounts, resources, networks and people are not.
 */
export function isWordOfAws(text: string): boolean {
  if (/^[*?]*$/.test(text) || WORDS.has(text.toLowerCase()) || isRegion(text)) return true;
  if (isServicePrincipal(text) || WELL_KNOWN_PROVIDERS.test(text) || isManagedPolicyArn(text)) return true;
  return /^[a-z0-9-]+:[A-Za-z0-9*?]+$/.test(text) && expandActions(text).length > 0;
}

/** Whether a condition key is one of AWS's own; a key with a part of its author's (a tag, a provider) is not. */
export function isConditionKeyOfAws(key: string): boolean {
  if (WELL_KNOWN_PROVIDERS.test(key)) return true;
  const known = conditionKey(key);
  return known !== undefined && known.name.toLowerCase() === key.toLowerCase();
}
