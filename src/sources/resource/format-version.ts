import { AccessSourceError, described } from "./access-source-error";
import type { JsonRecord } from "./json-shape";
import { SOURCE_FORMAT_UNKNOWN, SOURCE_INVALID } from "./source-refusals";

/**
 * Checks the `format_version` of what `terraform show -json` (or `tofu show -json`) wrote. Within a major version
 * Terraform only adds; another major may mean something else by the same words.
 *
 * @see https://developer.hashicorp.com/terraform/internals/json-format
 * @throws AccessSourceError when there is none, or its major is not 0 or 1
 */
export function formatVersion(file: JsonRecord, location: string, remedy: string): string {
  const version = file["format_version"];
  if (typeof version === "string" && /^[01]\.\d+$/.test(version)) return version;
  throw new AccessSourceError(version === undefined ? SOURCE_INVALID : SOURCE_FORMAT_UNKNOWN, {
    location: `${location}: format_version`,
    expected: 'a format of "1.x"',
    got: version === undefined ? described(file) : described(version),
    remedy:
      version === undefined ? remedy : "update this tool, or write the file with a Terraform that it knows",
  });
}
