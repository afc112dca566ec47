import { IamSamlProvider } from "@cdktf/provider-aws/lib/iam-saml-provider";
import { Construct } from "constructs";
import { escapedForTerraform } from "./iam-policy-text";

export interface SamlProviderProps {
  /** 1-128 of `A-Za-z0-9._-`, unique in the account. */
  readonly providerName: string;
  /** Metadata document of the identity provider, XML. */
  readonly metadata: string;
  /** ARN of the provider that the account has already: take it over with the first apply. @default none */
  readonly importArn?: string | undefined;
}

/** Lets roles trust the people whom a SAML identity provider vouches for. */
export class SamlProvider extends Construct {
  readonly provider: IamSamlProvider;

  constructor(scope: Construct, id: string, { providerName, metadata, importArn }: SamlProviderProps) {
    super(scope, id);
    this.provider = new IamSamlProvider(this, "provider", {
      name: providerName,
      samlMetadataDocument: escapedForTerraform(metadata),
    });
    if (importArn !== undefined) this.provider.importFrom(importArn);
  }
}
