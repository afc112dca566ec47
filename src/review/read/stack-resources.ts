import { stackSource } from "../../sources/stack/stack-source";
import { withoutMarks } from "../ledger/values";
import type { Attributes, RawResource } from "../reviewed-environment";
import { fileReads } from "./file-reads";
import { blocks, entries } from "./json-blocks";

interface StackReading {
  readonly stack: string;
  readonly json: unknown;
  readonly file: string;
  readonly accountId: string | undefined;
}

/** Resources of a stack, one for each instance that count and for_each make, with references filled in; and its data sources. */
export function* stackResources({ stack, json, file, accountId }: StackReading): Generator<RawResource> {
  const [root = {}] = blocks(json);
  const source = stackSource(json, { file, ...(accountId !== undefined && { accountId }) });
  const metas = new Map<string, Meta>();
  for (const body of bodies(root["resource"]))
    metas.set(`${body.type}.${body.name}`, metaOf(body.attributes));
  for (const resource of source.resources) {
    const { address, type, provider } = resource;
    const attributes = Object.fromEntries(
      resource
        .attributeNames()
        .map((name) => [name, withoutMarks(resource.attribute(name), source.parts)] as const),
    );
    const account = source.parts.plain(provider.accountId);
    yield {
      key: `${stack}:${address}`,
      address,
      type,
      mode: "managed",
      attributes,
      ...(metas.get(address.replace(/\[.*$/s, "")) ?? NO_META),
      ...(/^\d{12}$/.test(account) && { accountId: account }),
    };
  }
  for (const { type, name, attributes } of bodies(root["data"])) {
    const address = `data.${type}.${name}`;
    const { "//": _, depends_on: __, lifecycle: ___, ...rest } = attributes;
    const reads = fileReads(rest);
    yield {
      key: `${stack}:${address}`,
      address,
      type,
      mode: "data",
      attributes: rest,
      provisioners: [],
      ...(reads.length > 0 && { fileReads: reads }),
    };
  }
}

type Meta = Pick<RawResource, "lifecycle" | "provisioners" | "provider" | "fileReads">;

const NO_META: Meta = { provisioners: [] };

function metaOf(body: Attributes): Meta {
  const { lifecycle, provisioner, provider } = body;
  const [block] = blocks(lifecycle);
  const reads = fileReads(body);
  return {
    ...(reads.length > 0 && { fileReads: reads }),
    ...(block && { lifecycle: block }),
    ...(typeof provider === "string" && { provider: provider.replace(/^\$\{(.*)\}$/s, "$1") }),
    provisioners: blocks(provisioner).map((block) => String(block["type"] ?? Object.keys(block)[0] ?? "?")),
  };
}

interface Body {
  readonly type: string;
  readonly name: string;
  readonly attributes: Attributes;
}

function* bodies(types: unknown): Generator<Body> {
  for (const [type, named] of entries(types)) {
    for (const [name, found] of entries(named)) {
      const [attributes = {}] = blocks(found);
      yield { type, name, attributes };
    }
  }
}
