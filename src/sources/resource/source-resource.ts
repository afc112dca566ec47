import type { UnknownParts, UnknownValue } from "./unknown-parts";

/** Where a resource lives. Any of them may be a mark of `UnknownParts`. */
export interface Provider {
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
  /** Tags that the provider puts on everything. */
  readonly defaultTags: Readonly<Record<string, unknown>>;
}

/** One instance of a resource or data source, whichever file it was read from. */
export interface SourceResource {
  /** With module, and with the key of count or for_each: `module.team["a"].aws_iam_user.device["work"]`. */
  readonly address: string;
  readonly type: string;
  readonly mode: "managed" | "data";
  readonly provider: Provider;
  /**
   * An attribute, resolved: undefined when absent, null or left to AWS; an `UnknownValue` when not known as a whole;
   * strings may have marks of `UnknownParts`. `arn` and `id` are computed where the name and the account tell them.
   */
  attribute(name: string): unknown;
  /** Names of the attributes and blocks that the file has of it, meta-arguments apart. */
  attributeNames(): readonly string[];
}

/** What a loader hands to `buildGraph`. */
export interface Source {
  readonly resources: Iterable<SourceResource>;
  readonly parts: UnknownParts;
  /** What the file holds that no resource stands for: modules that were not read, a plan that is not complete. */
  readonly unknowns: readonly UnknownValue[];
}
