import { AccessSourceError, described } from "./access-source-error";
import type { JsonRecord } from "./json-shape";
import { SOURCE_FORMAT_UNKNOWN, SOURCE_INVALID, TERRAFORM_TOO_OLD } from "./source-refusals";

/**
 * Checks the `format_version` of what `terraform show -json` (or `tofu show -json`) wrote. Within a major version
 * Terraform only adds; another major may mean something else by the same words.
 *
 * @see https://developer.hashicorp.com/terraform/internals/json-format
 * @throws AccessSourceError when there is none, its major is not 0 or 1, or Terraform 0.x wrote it
 */
export function formatVersion(file: JsonRecord, location: string, remedy: string): string {
  const version = file["format_version"];
  refuseOld(file, location);
  if (typeof version === "string" && /^[01]\.\d+$/.test(version)) return version;
  throw new AccessSourceError(version === undefined ? SOURCE_INVALID : SOURCE_FORMAT_UNKNOWN, {
    location: `${location}: format_version`,
    expected: 'a format of "1.x"',
    got: version === undefined ? described(file) : described(version),
    remedy:
      version === undefined ? remedy : "update this tool, or write the file with a Terraform that it knows",
  });
}

/**
 * Terraform 0.12 to 0.15 wrote addresses of modules relative to them, no module addresses and other marks for what is
 * sensitive: what is read so may be somebody else's.
 */
function refuseOld({ terraform_version: version }: JsonRecord, location: string): void {
  if (typeof version !== "string" || !version.startsWith("0.")) return;
  throw new AccessSourceError(TERRAFORM_TOO_OLD, {
    location: `${location}: terraform_version`,
    expected: "Terraform 1.0 or later, or OpenTofu",
    got: described(version),
    remedy: "upgrade Terraform and write the file again: plans of 0.x mean something else by the same words",
  });
}
