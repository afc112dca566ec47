import { redact } from "./mask";

/** `AccessDenied: User … is not authorized …`: an error in one line, without key ids. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return redact(String(error));
  return redact(`${error.name}: ${error.message}`.replace(/\s+/g, " "));
}

/** Why something failed, in the words of whoever threw. */
export function reasonOf(cause: unknown): string {
  return typeof cause === "object" && cause !== null && "message" in cause
    ? String(cause.message)
    : String(cause);
}
