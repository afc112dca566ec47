import type { IamPaths } from "./iam-paths";
import { iamPaths } from "./iam-paths";

/** The account whose ARNs are computed: they are known when a plan is made, unlike the provider's `arn` attributes. */
export interface ArnScope {
  readonly partition: string;
  readonly accountId: string;
  readonly namespace: string;
}

/**
 * ARNs of IAM resources, with their path as IAM writes it.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
 */
export class IamArns {
  readonly paths: IamPaths;
  private readonly prefix: string;

  constructor(private readonly scope: ArnScope) {
    this.paths = iamPaths(scope.namespace);
    this.prefix = `arn:${scope.partition}:iam::${scope.accountId}:`;
  }

  user(path: string, name: string): string {
    return `${this.prefix}user${path}${name}`;
  }
  group(name: string, path = this.paths.root): string {
    return `${this.prefix}group${path}${name}`;
  }
  role(name: string, path = this.paths.root): string {
    return `${this.prefix}role${path}${name}`;
  }
  policy(name: string, path = this.paths.root): string {
    return `${this.prefix}policy${path}${name}`;
  }
  /** A virtual MFA device; its serial number is this ARN. */
  mfa(name: string): string {
    return `${this.prefix}mfa/${name}`;
  }
  oidcProvider(url: string): string {
    return `${this.prefix}oidc-provider/${url}`;
  }
  samlProvider(name: string): string {
    return `${this.prefix}saml-provider/${name}`;
  }
  /** An AWS managed policy by its name with path (`job-function/ViewOnlyAccess`), or an ARN as it is. */
  managedPolicy(nameOrArn: string): string {
    return nameOrArn.startsWith("arn:")
      ? nameOrArn
      : `arn:${this.scope.partition}:iam::aws:policy/${nameOrArn}`;
  }
  /** Every user of the account, whatever its path. */
  get anyUser(): string {
    return `${this.prefix}user/*`;
  }
}
