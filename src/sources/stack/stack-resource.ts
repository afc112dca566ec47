import { computedAttribute } from "../resource/computed-attributes";
import type { JsonRecord } from "../resource/json-shape";
import { policyDocumentJson } from "../resource/policy-document-data";
import type { Provider, SourceResource } from "../resource/source-resource";
import type { UnknownParts } from "../resource/unknown-parts";
import { blocksOfType, dynamicTypes, hasDynamicBlocks } from "./dynamic-blocks";
import type { LocalNames, Repetition } from "./local-names";

/** What a resource of a stack needs from the rest of the stack. */
export interface StackContext {
  readonly parts: UnknownParts;
  provider(name: unknown): Provider;
  evaluate(value: unknown, location: string, names?: LocalNames): unknown;
}

/** @see https://developer.hashicorp.com/terraform/language/meta-arguments */
const META_ARGUMENTS: ReadonlySet<string> = new Set([
  ...[
    "//",
    "count",
    "for_each",
    "depends_on",
    "lifecycle",
    "provider",
    "provisioner",
    "connection",
    "dynamic",
  ],
]);

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
    const written = this.written(name);
    if (written !== undefined && written !== null) return this.stack.parts.withoutSensitive(written);
    if (this.mode === "data") return this.dataAttribute(name);
    return computedAttribute(this, name, this.stack.parts);
  }

  attributeNames(): readonly string[] {
    const names = Object.keys(this.body).filter((name) => !META_ARGUMENTS.has(name));
    return [...new Set([...names, ...dynamicTypes(this.body)])];
  }

  private written(name: string): unknown {
    const location = `${this.address}.${name}`;
    const names = { repetition: this.repetition };
    const value = this.body[name];
    if (dynamicTypes(this.body).includes(name) || hasDynamicBlocks(value)) {
      return blocksOfType(this.body, name, location, names, (item, where, own) =>
        this.stack.evaluate(item, where, own),
      );
    }
    return value === undefined || value === null ? undefined : this.stack.evaluate(value, location, names);
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
