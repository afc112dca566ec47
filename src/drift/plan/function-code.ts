import type { JsonRecord } from "../../sources/resource/json-shape";
import type { AttributeDifference } from "./attribute-difference";

/** A SHA-256 in base64, as Lambda tells it and `filebase64sha256` makes it. */
const SHA256 = /^[A-Za-z0-9+/]{43}=$/;

/**
 * Code of a function that is not the deployed one. `source_code_hash` is what Terraform uploaded last and never
 * drifts; `code_sha256` is what Lambda runs. They are equal for a zip that Terraform uploads, so that replaced code
 * shows even after the state took it in.
 *
 * @returns undefined where the code is the deployed one, and where the two cannot be compared
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html
 */
export function replacedCode(type: string, values: JsonRecord): AttributeDifference | undefined {
  if (!hasComparableCode(type, values)) return undefined;
  const { source_code_hash: before, code_sha256: after } = values;
  return before === after ? undefined : { attribute: "code_sha256", before, after, isNoise: false };
}

export function hasComparableCode(type: string, values: JsonRecord): boolean {
  const { source_code_hash: uploaded, code_sha256: running, filename } = values;
  return (
    type === "aws_lambda_function" &&
    typeof filename === "string" &&
    filename !== "" &&
    SHA256.test(String(uploaded)) &&
    SHA256.test(String(running))
  );
}
