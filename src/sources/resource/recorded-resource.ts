import { AccessSourceError, described } from "./access-source-error";
import { computedAttribute } from "./computed-attributes";
import { isRecord, type JsonRecord, list, record, string } from "./json-shape";
import { SOURCE_INVALID } from "./source-refusals";
import type { Provider, SourceResource } from "./source-resource";
import type { UnknownParts } from "./unknown-parts";

/** A resource as a state has it: everything is known. The values are those of the file, not copied. */
export class RecordedResource implements SourceResource {
  constructor(
    readonly address: string,
    readonly type: string,
    readonly mode: "managed" | "data",
    private readonly values: JsonRecord,
    readonly provider: Provider,
    private readonly parts: UnknownParts,
  ) {}

  attribute(name: string): unknown {
    const value = this.parts.withoutSensitive(this.values[name]);
    return value ?? (name === "name" ? undefined : computedAttribute(this, name, this.parts));
  }

  attributeNames(): readonly string[] {
    return Object.keys(this.values);
  }
}

/** One resource of `terraform show -json`, with the module and the key that its address has. */
export interface ListedResource {
  readonly address: string;
  readonly type: string;
  readonly mode: "managed" | "data";
  /** Address without the key of count or for_each. */
  readonly base: string;
  readonly key: string | number | undefined;
  readonly values: JsonRecord;
}

const REMEDY = "write the file again with terraform show -json";

/** Resources of `values` in a state or of `prior_state.values` in a plan, with those of all modules. */
export function* listedResources(values: unknown, location: string): Generator<ListedResource> {
  if (values === undefined || values === null) return;
  const module = record(
    record(values, location, REMEDY)["root_module"] ?? {},
    `${location}.root_module`,
    REMEDY,
  );
  yield* moduleResources(module, "", `${location}.root_module`, 0);
}

/** Deeper than anybody nests modules. */
const DEEPEST = 100;

function* moduleResources(
  module: JsonRecord,
  prefix: string,
  location: string,
  depth: number,
): Generator<ListedResource> {
  const resources = list(module["resources"], `${location}.resources`, REMEDY);
  for (const [index, item] of resources.entries()) {
    yield listed(item, prefix, `${location}.resources[${index}]`);
  }
  const children = list(module["child_modules"], `${location}.child_modules`, REMEDY);
  if (children.length > 0 && depth >= DEEPEST) {
    const got = `modules ${depth} deep`;
    throw new AccessSourceError(SOURCE_INVALID, {
      location,
      expected: "modules that end somewhere",
      got,
      remedy: REMEDY,
    });
  }
  for (const [index, item] of children.entries()) {
    const where = `${location}.child_modules[${index}]`;
    const child = record(item, where, REMEDY);
    const address = string(child["address"], `${where}.address`, REMEDY);
    yield* moduleResources(child, `${address}.`, where, depth + 1);
  }
}

function listed(item: unknown, prefix: string, location: string): ListedResource {
  const resource = record(item, location, REMEDY);
  const type = string(resource["type"], `${location}.type`, REMEDY);
  const name = string(resource["name"], `${location}.name`, REMEDY);
  const mode = modeOf(resource["mode"], location);
  return {
    address: string(resource["address"], `${location}.address`, REMEDY),
    type,
    mode,
    base: `${prefix}${mode === "data" ? "data." : ""}${type}.${name}`,
    key: keyOf(resource["index"]),
    values: isRecord(resource["values"]) ? resource["values"] : {},
  };
}

export function modeOf(value: unknown, location: string): "managed" | "data" {
  if (value === "managed" || value === "data") return value;
  throw new AccessSourceError(SOURCE_INVALID, {
    location: `${location}.mode`,
    expected: '"managed" or "data"',
    got: described(value),
    remedy: REMEDY,
  });
}

/** An address with the key of count or for_each. */
export function addressOf(base: string, key: string | number | undefined): string {
  return key === undefined ? base : `${base}[${JSON.stringify(key)}]`;
}

export function keyOf(value: unknown): string | number | undefined {
  return typeof value === "string" || typeof value === "number" ? value : undefined;
}

const ACCOUNT_IN_ARN = /^arn:([^:]*):[^:]*:([^:]*):(\d{12}):/;

/**
 * Account and partition of recorded resources, from the first ARN that one of them has of its own, or from a data
 * source that asked. Neither states nor plans say it elsewhere.
 */
export function recordedAccount(
  resources: Iterable<{ readonly type: string; readonly values: JsonRecord }>,
): { readonly accountId: string; readonly partition: string } | undefined {
  for (const { type, values } of resources) {
    if (!type.startsWith("aws_")) continue;
    const { arn, account_id: ownAccount } = values;
    const [, partition, , accountId] = ACCOUNT_IN_ARN.exec(typeof arn === "string" ? arn : "") ?? [];
    if (partition !== undefined && accountId !== undefined) return { accountId, partition };
    if (type === "aws_caller_identity" && typeof ownAccount === "string") {
      return { accountId: ownAccount, partition: "aws" };
    }
  }
  return undefined;
}
