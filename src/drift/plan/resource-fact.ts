import type { PolicyDocument } from "../../iam/policy-document";
import type { JsonRecord } from "../../sources/resource/json-shape";

/** A resource that is not as its configuration or its state says, in what the access model does not read. */
export interface ResourceFact {
  readonly kind: "resource-changed" | "resource-deleted" | "undeployed-change";
  /** Terraform address. */
  readonly address: string;
  readonly type: string;
  readonly attributes: readonly ChangedAttribute[];
  /** Whether an apply puts all of it right. */
  readonly isRepaired: boolean;
  /** Whether an apply puts some of it right. */
  readonly isPartlyRepaired?: boolean;
  /** What the configuration asks for and the account does not have yet: `create`, `update`, `delete`. */
  readonly actions: readonly string[];
  /** The resource's values, as the account has them; of one that is gone as it was. For commands: names and ARNs. */
  readonly values: JsonRecord;
  /** Addresses of its parts, which are gone with it. */
  readonly parts?: readonly string[];
}

/** One value of a resource that differs. */
export interface ChangedAttribute {
  /** Top-level attribute: `environment`. */
  readonly name: string;
  /** Where in it: `environment.variables.KEY_RULES.rules[1].nightly`. */
  readonly path: string;
  readonly declared: unknown;
  readonly actual: unknown;
  /** The values are lists, and only their items that differ are here. */
  readonly isPartOfList?: boolean;
  /** Where the value is a policy: both documents, whole. */
  readonly documents?: {
    readonly declared: PolicyDocument | undefined;
    readonly actual: PolicyDocument | undefined;
  };
}

/** A fact about a resource, and the stack that declares it. */
export interface StackResourceFact extends ResourceFact {
  readonly stack: string;
}
