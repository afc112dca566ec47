import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * What a synthesized stack may consist of before terraform gets credentials. A configuration is code: an `external` data
 * source or a provisioner runs a program, a provider or module from elsewhere is one, and a provider's `endpoints` sends
 * signed requests there. A pull request's stacks are judged by the base's copy of this file.
 */
const PROVIDERS = new Map([
  ["aws", /^(?:registry\.(?:terraform\.io|opentofu\.org)\/)?(?:hashicorp\/)?aws$/],
  ["random", /^(?:registry\.(?:terraform\.io|opentofu\.org)\/)?hashicorp\/random$/],
]);
const BLOCKS = new Set([
  "//",
  "terraform",
  "provider",
  "resource",
  "data",
  "output",
  "locals",
  "import",
  "moved",
]);
const TERRAFORM_SETTINGS = new Set(["backend", "required_providers", "required_version"]);
const AWS_SETTINGS = new Set(["region", "allowed_account_ids", "default_tags", "ignore_tags", "alias"]);
const BACKENDS = new Set(["s3", "local"]);
const S3_SETTINGS = new Set([
  "allowed_account_ids",
  "bucket",
  "encrypt",
  "key",
  "kms_key_id",
  "region",
  "use_lockfile",
]);
const RESOURCES = /^(aws|random)_|^terraform_data$/;
const DATA = /^aws_(?!lambda_invocation$)/;
/** Beside the configuration only what it refers to: no second file that terraform would read as well. */
const FILES = new Set(["cdk.tf.json", "metadata.json", "assets"]);

/**
 * Why terraform should not run on a stack, one line each; none: it may.
 *
 * @param folder of the stack, with its `cdk.tf.json`
 */
export function foreignParts(folder) {
  const faults = readdirSync(folder)
    .filter((file) => !FILES.has(file))
    .map((file) => `${file}: expected only ${[...FILES].join(", ")}`);
  let stack;
  try {
    stack = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8"));
  } catch (error) {
    return [...faults, `cdk.tf.json: expected JSON, got ${error instanceof Error ? error.message : error}`];
  }
  if (!isObject(stack)) return [...faults, "cdk.tf.json: expected an object"];
  return [
    ...faults,
    ...outside("", stack, BLOCKS),
    ...terraformFaults(stack.terraform),
    ...providerFaults(stack.provider),
    ...resourceFaults(stack.resource),
    ...keysOf(stack.data)
      .filter((type) => !DATA.test(type))
      .map((type) => `data.${type}: expected data of AWS`),
  ];
}

function terraformFaults(terraform = {}) {
  const backends = entriesOf(terraform.backend);
  return [
    ...outside("terraform.", terraform, TERRAFORM_SETTINGS),
    ...backends.flatMap(([name, settings]) =>
      BACKENDS.has(name)
        ? outside(`terraform.backend.${name}.`, settings, name === "s3" ? S3_SETTINGS : new Set(["path"]))
        : [`terraform.backend.${name}: expected ${[...BACKENDS].join(" or ")}`],
    ),
    ...entriesOf(terraform.required_providers).flatMap(([name, { source = `hashicorp/${name}` } = {}]) =>
      PROVIDERS.get(name)?.test(String(source)) === true
        ? []
        : [
            `terraform.required_providers.${name}: expected one of ${[...PROVIDERS.keys()].join(", ")} by hashicorp, got ${source}`,
          ],
    ),
  ];
}

function providerFaults(providers) {
  return entriesOf(providers).flatMap(([name, blocks]) => {
    if (!PROVIDERS.has(name)) return [`provider.${name}: expected ${[...PROVIDERS.keys()].join(" or ")}`];
    return listed(blocks).flatMap((block) =>
      outside(`provider.${name}.`, block, name === "aws" ? AWS_SETTINGS : new Set(["alias"])),
    );
  });
}

function resourceFaults(resources) {
  return entriesOf(resources).flatMap(([type, named]) => {
    if (!RESOURCES.test(type)) return [`resource.${type}: expected a resource of AWS`];
    return entriesOf(named).flatMap(([name, blocks]) =>
      listed(blocks)
        .flatMap((block) => keysOf(block))
        .filter((key) => key === "provisioner" || key === "connection")
        .map((key) => `resource.${type}.${name}.${key}: expected none`),
    );
  });
}

function outside(prefix, value, allowed) {
  return keysOf(value)
    .filter((key) => !allowed.has(key))
    .map((key) => `${prefix}${key}: expected only ${[...allowed].join(", ")}`);
}

/** In JSON a block is an object, or a list of them. */
function listed(value) {
  return Array.isArray(value) ? value : [value];
}

function keysOf(value) {
  return listed(value).flatMap((one) => (isObject(one) ? Object.keys(one) : []));
}

function entriesOf(value) {
  return listed(value).flatMap((one) => (isObject(one) ? Object.entries(one) : []));
}

function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
