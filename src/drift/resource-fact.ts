/** A resource that is not as its configuration or its state says, in what the access model does not read. */
export interface ResourceFact {
  readonly kind: "resource-changed" | "resource-deleted" | "undeployed-change";
  /** Terraform address. */
  readonly address: string;
  readonly type: string;
  readonly attributes: readonly ChangedAttribute[];
  /** Whether an apply puts it right. */
  readonly isRepaired: boolean;
  /** What the configuration asks for and the account does not have yet: `create`, `update`, `delete`. */
  readonly actions: readonly string[];
}

export interface ChangedAttribute {
  readonly name: string;
  readonly declared: unknown;
  readonly actual: unknown;
}

/** A fact about a resource, and the stack that declares it. */
export interface StackResourceFact extends ResourceFact {
  readonly stack: string;
}
