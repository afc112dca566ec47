/** Shells for which the variables are written. */
export const SHELLS = ["sh", "fish", "powershell"] as const;

export type Shell = (typeof SHELLS)[number];

/**
 * What aws-vault reads of how long a session with MFA lasts. Without them it asks for 8 hours as soon as a role is
 * assumed, keeps that session, and is refused once the MFA is older than the trust policy allows: it never asks again
 * by itself. Both have to be set: the session of a role's source profile and the one of the profile itself are one.
 *
 * @param seconds of the strictest role
 * @see https://github.com/ByteNess/aws-vault/blob/main/vault/config.go
 */
export function sessionVariables(seconds: number): Readonly<Record<string, string>> {
  return { AWS_SESSION_TOKEN_TTL: `${seconds}s`, AWS_CHAINED_SESSION_TOKEN_TTL: `${seconds}s` };
}

/** Lines for a shell's start file. */
export function variableLines(variables: Readonly<Record<string, string>>, shell: Shell): readonly string[] {
  return Object.entries(variables).map(([name, value]) => {
    if (shell === "fish") return `set -gx ${name} ${value}`;
    return shell === "powershell" ? `$Env:${name} = "${value}"` : `export ${name}=${value}`;
  });
}

/**
 * Seconds of a duration as Go writes it (`1h`, `900s`, `1h30m`), which is how aws-vault reads its variables; undefined
 * where it is none, and aws-vault then takes its default.
 *
 * @see https://pkg.go.dev/time#ParseDuration
 */
export function durationSeconds(text: string): number | undefined {
  if (!/^\+?(?:(?:\d+\.?\d*|\.\d+)(?:h|m|s|ms|us|µs|ns))+$/.test(text)) return undefined;
  const units: Readonly<Record<string, number>> = {
    h: 3600,
    m: 60,
    s: 1,
    ms: 1e-3,
    us: 1e-6,
    µs: 1e-6,
    ns: 1e-9,
  };
  let seconds = 0;
  for (const [, amount = "", unit = ""] of text.matchAll(/(\d+\.?\d*|\.\d+)(ms|us|µs|ns|h|m|s)/g)) {
    seconds += Number(amount) * (units[unit] ?? 0);
  }
  return seconds;
}
