export { describeError } from "../findings/describe-error";

/** True when the SDK threw an error of one of these names. IAM's codes and the SDK's class names differ: give both. */
export function isNamed(error: unknown, ...names: readonly string[]): boolean {
  return error instanceof Error && names.includes(error.name);
}
