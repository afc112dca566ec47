import { computedAttribute } from "../resource/computed-attributes";
import type { JsonRecord } from "../resource/json-shape";
import { policyDocumentJson } from "../resource/policy-document-data";
import type { Provider, SourceResource } from "../resource/source-resource";
import type { UnknownParts } from "../resource/unknown-parts";

/** One pass of count or for_each: `each.key` or `count.index`, and `each.value`. */
export interface Repetition {
  readonly key: string | number;
  readonly value: unknown;
}

/** What a resource of a stack needs from the rest of the stack. */
export interface StackContext {
  readonly parts: UnknownParts;
  provider(name: unknown): Provider;
  evaluate(value: unknown, location: string, repetition?: Repetition): unknown;
}

/** A resource or data source as its block in a stack says it will be. */
export class StackResource implements SourceResource {
  constructor(
    private readonly stack: StackContext,
    readonly address: string,
    readonly type: string,
    readonly mode: "managed" | "data",
    private readonly body: JsonRecord,
    private readonly repetition: Repetition | undefined,
  ) {}

  get provider(): Provider {
    return this.stack.provider(this.body["provider"]);
  }

  attribute(name: string): unknown {
    const written = this.body[name];
    if (written !== undefined && written !== null) {
      const value = this.stack.evaluate(written, `${this.address}.${name}`, this.repetition);
      return this.stack.parts.withoutSensitive(value ?? undefined);
    }
    if (this.mode === "data") return this.dataAttribute(name);
    return computedAttribute(this, name, this.stack.parts);
  }

  private dataAttribute(name: string): unknown {
    const { accountId, partition, region } = this.provider;
    switch (`${this.type}.${name}`) {
      case "aws_iam_policy_document.json":
      case "aws_iam_policy_document.minified_json":
        return policyDocumentJson(this, this.stack.parts);
      case "aws_caller_identity.account_id":
      case "aws_caller_identity.id":
        return accountId;
      case "aws_partition.partition":
      case "aws_partition.id":
        return partition;
      case "aws_region.name":
      case "aws_region.region":
      case "aws_region.id":
        return region;
      default:
        return undefined;
    }
  }
}
