import { IamAccountAlias } from "@cdktf/provider-aws/lib/iam-account-alias";
import { Construct } from "constructs";

export interface AccountAliasProps {
  /** 3-63 of `a-z0-9-`, unique in all of AWS. */
  readonly alias: string;
  /** The account has this alias already: take it over with the first apply. @default false */
  readonly import?: boolean;
}

/** Name of the account on the console's sign-in page. It exists once: exactly one stack of an account may own it. */
export class AccountAlias extends Construct {
  constructor(scope: Construct, id: string, props: AccountAliasProps) {
    super(scope, id);
    const alias = new IamAccountAlias(this, "alias", { accountAlias: props.alias });
    if (props.import) alias.importFrom(props.alias);
  }
}
