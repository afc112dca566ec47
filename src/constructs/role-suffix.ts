import { StringResource } from "@cdktf/provider-random/lib/string-resource";
import { Construct } from "constructs";
import { RANDOM_SUFFIX_CHARACTERS } from "../environment/role-suffix";

export interface RoleSuffixProps {
  /** The end of all role names, as data. @default 8 random characters of a-z0-9, kept in the state */
  readonly fixed?: string | undefined;
}

/** The end of an environment's role names. It keeps names of re-created roles apart; it is no secret. */
export class RoleSuffix extends Construct {
  readonly value: string;

  constructor(scope: Construct, id: string, props: RoleSuffixProps = {}) {
    super(scope, id);
    this.value =
      props.fixed ??
      new StringResource(this, "random", { length: RANDOM_SUFFIX_CHARACTERS, special: false, upper: false })
        .result;
  }
}
