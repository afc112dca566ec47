import { redact } from "../credentials/mask";

/** True when the SDK threw an error of one of these names. IAM's codes and the SDK's class names differ: give both. */
export function isNamed(error: unknown, ...names: readonly string[]): boolean {
  return error instanceof Error && names.includes(error.name);
}

/** `AccessDenied: User … is not authorized …`: an error in one line, without key ids. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return redact(String(error));
  return redact(`${error.name}: ${error.message}`.replace(/\s+/g, " "));
}
