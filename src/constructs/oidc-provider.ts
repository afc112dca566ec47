import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { Construct } from "constructs";

export interface OidcProviderProps {
  /** Issuer of the tokens, `https://gitlab.com`. */
  readonly url: string;
  /** 1-100. */
  readonly audiences: readonly string[];
  /** ARN of the provider that the account has already: take it over with the first apply. @default none */
  readonly importArn?: string | undefined;
}

/**
 * Lets roles trust the jobs of a CI with an OIDC issuer. No thumbprints: AWS checks certificates of public authorities
 * against its own list.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc_verify-thumbprint.html
 */
export class OidcProvider extends Construct {
  readonly provider: IamOpenidConnectProvider;

  constructor(scope: Construct, id: string, { url, audiences, importArn }: OidcProviderProps) {
    super(scope, id);
    this.provider = new IamOpenidConnectProvider(this, "provider", { url, clientIdList: [...audiences] });
    if (importArn !== undefined) this.provider.importFrom(importArn);
  }
}
