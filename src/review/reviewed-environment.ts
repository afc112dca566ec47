import type { AccessGraph } from "../iam/graph";

export type Attributes = Readonly<Record<string, unknown>>;

/** A resource as its file writes it, resolved as far as the file tells, for what the access graph does not hold. */
export interface RawResource {
  /** Unique within the environment: the address, with the stack where there are several. */
  readonly key: string;
  readonly address: string;
  readonly type: string;
  readonly mode: "managed" | "data";
  readonly attributes: Attributes;
  /** `lifecycle`, where the file has it (a plan has not). */
  readonly lifecycle?: Attributes;
  /** Kinds of provisioners: `local-exec`. */
  readonly provisioners: readonly string[];
  /** Provider that makes it, where it is not the default one: `aws.other`. */
  readonly provider?: string;
  /** Of a plan: it is there already, or was not told, and only what it runs counts. */
  /** Of a stack: expressions that read files of the machine that plans. */
  readonly fileReads?: readonly string[];
  readonly onlyRuns?: true;
  /** Of a plan: names that the configuration writes. What else it has the provider computes. */
  readonly configured?: ReadonlySet<string>;
  /** Account that it is made in, where its provider says it. */
  readonly accountId?: string;
}

/** What a file says besides its resources. */
export interface Setting {
  /** `provider.aws`, `backend`, `module.x`, `required_providers.x`, `output.x`, `file assets/x.zip`. */
  readonly key: string;
  readonly stack: string;
  readonly value: unknown;
}

export interface Side {
  readonly graph: AccessGraph;
  /** Of a plan, only those that change. */
  readonly resources: ReadonlyMap<string, RawResource>;
  readonly settings: ReadonlyMap<string, Setting>;
  readonly stacks: readonly string[];
  /** Accounts that its providers and principals say. */
  readonly accounts: ReadonlySet<string>;
}

/** What Terraform will do with one resource. */
export interface PlannedAction {
  readonly address: string;
  readonly type: string;
  readonly actions: readonly string[];
  readonly previousAddress?: string;
}

/** One environment before and after: the input of the review. */
export interface ReviewedEnvironment {
  readonly environment: string;
  readonly before: Side | undefined;
  readonly after: Side | undefined;
  /** Of plans only: what Terraform says that it will do. */
  readonly actions?: readonly PlannedAction[];
  /** New addresses by old ones, as `moved` blocks say. */
  readonly moved: ReadonlyMap<string, string>;
  /** Files that were read, each with the digest of its content. */
  readonly sources: readonly { readonly file: string; readonly digest: string }[];
  /** What keeps the review from seeing everything: a targeted plan. */
  readonly notChecked: readonly string[];
}
