import { defineRefusal } from "../../findings/refusal";
import { UNKNOWN_PART } from "../graph";
import type { PrincipalBlock } from "../policy-document";
import type { Place } from "./findings";
import { isRecord } from "./json-text";
import { readStrings } from "./string-list";

export const POLICY_PRINCIPAL_INVALID = defineRefusal({
  code: "policy-principal-invalid",
  title: "A principal is not one that a trust policy takes",
  why: "IAM takes accounts, ARNs of users, roles, sessions and the account root, services and providers, without wildcards within them. An id in place of an ARN is what is left of a deleted principal.",
  example:
    'aws_iam_role.daily.assume_role_policy: Statement[0].Principal.AWS: a principal without wildcards, got "arn:aws:iam::111122223333:user/*"; name the account and compare aws:PrincipalArn in a condition [policy-principal-invalid]',
  remedy:
    "Name the principal in full; for several, name the account and compare `aws:PrincipalArn` in a condition.",
  since: "0.1.0",
});

const PRINCIPAL_ARN =
  /^arn:aws[a-z-]*:(?:iam::\d{12}:(?:root|user\/.+|role\/.+)|sts::\d{12}:(?:assumed-role\/[^/]+\/[^/]+|federated-user\/.+|self))$/;
const UNIQUE_ID = /^A[A-Z]{3}[A-Z0-9]{12,}$/;
const PROVIDER =
  /^(?:arn:aws[a-z-]*:iam::\d{12}:(?:saml-provider|oidc-provider)\/.+|[a-z0-9-]+(?:\.[a-z0-9-]+)+)$/;
const SERVICE = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/;

/**
 * Reads the Principal of a trust policy: `"*"`, or AWS, Service and Federated with their values. IAM takes no
 * wildcards within a principal.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function readPrincipal(value: unknown, place: Place): PrincipalBlock | undefined {
  if (value === "*") return "*";
  if (!isRecord(value) || Object.keys(value).length === 0) {
    place.problem(
      POLICY_PRINCIPAL_INVALID,
      '"*" or an object with AWS, Service or Federated',
      value,
      'write {"AWS": "arn:..."}',
    );
    return undefined;
  }
  const block: Record<string, string | readonly string[]> = {};
  for (const [type, names] of Object.entries(value)) {
    const check = CHECKS[type];
    if (check === undefined) {
      place
        .at(`.${type}`)
        .problem(
          POLICY_PRINCIPAL_INVALID,
          "AWS, Service or Federated in a trust policy",
          type,
          "use one of the three",
        );
      continue;
    }
    const read = readStrings(names, place.at(`.${type}`), "principal", check);
    if (read !== undefined) block[type] = read;
  }
  return block;
}

const CHECKS: Readonly<Record<string, (text: string, place: Place) => void>> = {
  AWS: checkAws,
  Service: (text, place) => {
    if (SERVICE.test(text) || text.includes(UNKNOWN_PART)) return;
    place.problem(
      POLICY_PRINCIPAL_INVALID,
      "a service principal such as lambda.amazonaws.com",
      text,
      "write the service's principal",
    );
  },
  Federated: (text, place) => {
    if (PROVIDER.test(text) || text.includes(UNKNOWN_PART)) return;
    place.problem(
      POLICY_PRINCIPAL_INVALID,
      "the ARN or host of an identity provider",
      text,
      "write the provider's ARN",
    );
  },
};

function checkAws(text: string, place: Place): void {
  if (text === "*" || /^\d{12}$/.test(text) || text.includes(UNKNOWN_PART)) return;
  if (UNIQUE_ID.test(text)) {
    place.warn(
      POLICY_PRINCIPAL_INVALID,
      "the ARN of a principal",
      text,
      "the principal was deleted; name the one that took its place",
    );
  } else if (/[*?]/.test(text)) {
    place.problem(
      POLICY_PRINCIPAL_INVALID,
      "a principal without wildcards",
      text,
      "name the account and compare aws:PrincipalArn in a condition",
    );
  } else if (!PRINCIPAL_ARN.test(text)) {
    place.problem(
      POLICY_PRINCIPAL_INVALID,
      "an account id, or the ARN of a user, role, session or account root",
      text,
      "correct the principal",
    );
  }
}
