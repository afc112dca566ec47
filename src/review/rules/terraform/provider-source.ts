/** The registries of Terraform and of OpenTofu, to the letter: `registry.opentofu.io` is somebody else's. */
const REGISTRIES: ReadonlySet<string> = new Set(["registry.terraform.io", "registry.opentofu.org"]);

/**
 * `hashicorp/aws` for `aws`, `hashicorp/aws` and the same in the registry of Terraform or of OpenTofu, which publish the
 * same providers; everything else as it is written.
 *
 * @see https://developer.hashicorp.com/terraform/language/providers/requirements#source-addresses
 */
export function providerSource(source: string): string {
  const parts = source.split("/");
  const [host = "", namespace = "", type = ""] =
    parts.length === 1
      ? ["registry.terraform.io", "hashicorp", source]
      : parts.length === 2
        ? ["registry.terraform.io", ...parts]
        : parts;
  return REGISTRIES.has(host) && parts.length <= 3 ? `${namespace}/${type}` : source;
}

/** HashiCorp's own, of its registry or OpenTofu's. */
export function isOfficial(source: string): boolean {
  return /^hashicorp\/[\w-]+$/.test(source) || source === "terraform.io/builtin/terraform";
}

/** Programs that neither fetch nor run anything of others. */
const QUIET: ReadonlySet<string> = new Set(
  ["aws", "random", "time", "tls", "null", "archive", "local", "cloudinit"].map(
    (name) => `hashicorp/${name}`,
  ),
);

export function isQuietProvider(source: string): boolean {
  return QUIET.has(source) || source === "terraform.io/builtin/terraform";
}
