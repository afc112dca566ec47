import { isAbsent, isNotKnown } from "./values";

/** Words by which services say that something is off, of switches that are no booleans. */
const OFF =
  /^(?:false|off|none|no|disabled?|inactive|suspended|optional|permissive|0|never|unprotected|unblocked|not_?required|mutable|plaintext|insecure|pass_?through|passthrough|open|tls_disabled|allow_all|standard)$/i;

export function isOff(value: unknown): boolean {
  if (isNotKnown(value)) return false;
  return isAbsent(value) || value === false || value === 0 || (typeof value === "string" && OFF.test(value));
}

export function isOn(value: unknown): boolean {
  return !isOff(value) && !isNotKnown(value);
}

/** Switches that are on where nobody writes them. */
const ON_BY_DEFAULT =
  /^(?:enable|enabled|is_enabled|enable_logging|include_global_service_events|actions_enabled|auto_minor_version_upgrade|delete_on_termination|state|status)$/;

/** The value that counts where a file writes none. */
export function defaulted(name: string, value: unknown): unknown {
  const last = name.slice(name.lastIndexOf(".") + 1);
  return isAbsent(value) && ON_BY_DEFAULT.test(last) ? true : value;
}
