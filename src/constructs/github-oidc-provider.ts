import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { Construct } from "constructs";
import { GITHUB_AUDIENCE, GITHUB_ISSUER } from "../policies/github-trust";

export interface GithubOidcProviderProps {
  /** ARN of the provider that the account has already: take it over with the first apply. @default none */
  readonly importArn?: string | undefined;
}

/**
 * Lets roles trust GitHub Actions. One per account. No thumbprints: AWS checks GitHub's certificate against its own
 * list of authorities.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc_verify-thumbprint.html
 */
export class GithubOidcProvider extends Construct {
  readonly provider: IamOpenidConnectProvider;

  constructor(scope: Construct, id: string, props: GithubOidcProviderProps = {}) {
    super(scope, id);
    this.provider = new IamOpenidConnectProvider(this, "provider", {
      url: `https://${GITHUB_ISSUER}`,
      clientIdList: [GITHUB_AUDIENCE],
    });
    if (props.importArn !== undefined) this.provider.importFrom(props.importArn);
  }
}
