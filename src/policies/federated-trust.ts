import type { ConditionBlock, Statement } from "../iam/policy-document";

export interface SamlTrustSettings {
  readonly providerArn: string;
  /** `SAML:aud`: AWS's sign-in pages. */
  readonly audiences: readonly string[];
  /** `saml:sub`; absent: whoever the provider gives the role to. */
  readonly subjects?: readonly string[] | undefined;
  /** Where people come from; absent: anywhere. */
  readonly cidrs?: readonly string[] | undefined;
}

/**
 * People whom a SAML provider vouches for. The audience is what AWS prescribes: without it an assertion that was made for
 * another service would do. Whether there was MFA is the provider's to ask: no key of the request says so.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_saml.html
 */
export function samlTrustStatement({
  providerArn,
  audiences,
  subjects,
  cidrs,
}: SamlTrustSettings): Statement {
  return {
    Sid: "AllowSamlPeople",
    Effect: "Allow",
    Principal: { Federated: providerArn },
    Action: "sts:AssumeRoleWithSAML",
    Condition: {
      StringEquals: { "SAML:aud": audiences, ...(subjects && { "saml:sub": subjects }) },
      ...(cidrs && { IpAddress: { "aws:SourceIp": cidrs } }),
    },
  };
}

export interface OidcTrustSettings {
  readonly providerArn: string;
  /** Issuer without `https://`, as IAM writes it in condition keys. */
  readonly issuer: string;
  readonly audience: string;
  readonly exactSubjects: readonly string[];
  readonly subjectPatterns: readonly string[];
}

/**
 * Jobs that come with a token of an OIDC provider: audience and subject, each compared. Patterns are only for subjects
 * that end in something that no run knows before.
 *
 * @throws RangeError where there is no subject, or a pattern that is open at its beginning
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html
 */
export function oidcTrustStatement(settings: OidcTrustSettings): Statement {
  const { providerArn, issuer, audience, exactSubjects, subjectPatterns } = settings;
  const open = subjectPatterns.find((pattern) => !/^[^*?]{8,}:\*$/.test(pattern));
  if (open !== undefined || exactSubjects.length + subjectPatterns.length === 0) {
    throw new RangeError(
      `a trust in tokens of ${issuer} names their subjects, got ${open === undefined ? "none" : `"${open}"`}; name each one`,
    );
  }
  if (exactSubjects.length > 0 && subjectPatterns.length > 0) {
    throw new RangeError(
      `a trust in tokens of ${issuer} compares subjects one way, got two; make a role for each`,
    );
  }
  const condition: ConditionBlock = {
    StringEquals: {
      [`${issuer}:aud`]: audience,
      ...(exactSubjects.length > 0 && { [`${issuer}:sub`]: exactSubjects }),
    },
    ...(subjectPatterns.length > 0 && { StringLike: { [`${issuer}:sub`]: subjectPatterns } }),
  };
  return {
    Sid: "AllowOidcJobs",
    Effect: "Allow",
    Principal: { Federated: providerArn },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: condition,
  };
}

export interface NarrowedAccountTrust {
  readonly sid: string;
  /** ARNs of account roots: these accounts' own policies allow it as well, or it does not happen. */
  readonly accountRoots: readonly string[];
  /** What `aws:PrincipalArn` has to be like. */
  readonly principals: readonly string[];
  /** Oldest MFA that is accepted, in seconds; absent: sessions of roles, which never carry MFA. */
  readonly maxMfaAgeSeconds?: number;
  readonly cidrs?: readonly string[] | undefined;
  readonly vpcs?: readonly string[] | undefined;
  readonly sourceIdentity: boolean;
  /** Require the session's name to be the user's. @default false */
  readonly sessionName?: boolean;
}

/**
 * Principals of an account that their ARN tells, rather than one by one: the account's root stands for them, and both
 * sides have to allow, this statement and a policy of the caller's. A second statement where VPCs are allowed.
 *
 * @throws RangeError where a pattern is open: not one path or one name of a role
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-accounts
 */
export function narrowedAccountStatements(trust: NarrowedAccountTrust): readonly Statement[] {
  const open = trust.principals.find(
    (arn) =>
      !/^arn:aws[a-z-]*:iam::\d{12}:(?:user\/[^*?]+\/\*|role\/aws-reserved\/sso\.amazonaws\.com\/(?:\*\/|[a-z0-9-]+\/)?AWSReservedSSO_[^*?]+_\?{16})$/.test(
        arn,
      ),
  );
  if (open !== undefined || trust.principals.length === 0) {
    throw new RangeError(
      `a trust in an account names a path of users or one permission set, got "${open ?? ""}"`,
    );
  }
  const { sessionName = false, sourceIdentity } = trust;
  const ofUser = {
    ...(sourceIdentity && { "sts:SourceIdentity": "${aws:username}" }),
    ...(sessionName && { "sts:RoleSessionName": "${aws:username}" }),
  };
  const one = (sid: string, from: ConditionBlock): Statement => ({
    Sid: sid,
    Effect: "Allow",
    Principal: { AWS: trust.accountRoots },
    Action: sourceIdentity ? ["sts:AssumeRole", "sts:SetSourceIdentity"] : "sts:AssumeRole",
    Condition: {
      ArnLike: { "aws:PrincipalArn": trust.principals },
      ...(trust.maxMfaAgeSeconds !== undefined && {
        Bool: { "aws:MultiFactorAuthPresent": "true" },
        NumericLessThanEquals: { "aws:MultiFactorAuthAge": String(trust.maxMfaAgeSeconds) },
      }),
      ...from,
      ...(Object.keys(ofUser).length > 0 && { StringEquals: { ...from["StringEquals"], ...ofUser } }),
    },
  });
  return [
    one(trust.sid, trust.cidrs === undefined ? {} : { IpAddress: { "aws:SourceIp": trust.cidrs } }),
    ...(trust.cidrs === undefined || trust.vpcs === undefined || trust.vpcs.length === 0
      ? []
      : [one(`${trust.sid}FromVpcs`, { StringEquals: { "aws:SourceVpc": trust.vpcs } })]),
  ];
}
