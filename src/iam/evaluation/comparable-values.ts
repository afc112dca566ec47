/** Readers of the values that condition operators compare. Each gives nothing for what IAM would not take. */

/** An integer or decimal number. */
export function parseNumber(text: string): number | undefined {
  const number = /^[+-]?\d+(?:\.\d+)?$/.test(text.trim()) ? Number(text) : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
}

/** `true` or `false`, in any case. */
export function parseBoolean(text: string): boolean | undefined {
  const lower = text.toLowerCase();
  return lower === "true" ? true : lower === "false" ? false : undefined;
}

const ISO_8601 =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?)?)?)?$/i;

/** ISO 8601 as the W3C profiles it, or seconds since 1970; milliseconds since 1970. A time without a zone is UTC. */
export function parseDate(text: string): number | undefined {
  const match = ISO_8601.exec(text);
  if (match === null) return /^\d{5,}(?:\.\d+)?$/.test(text) ? Number(text) * 1000 : undefined;
  const [, year, month = "01", day = "01", hour = "00", minute = "00", second = "00", fraction, zone] = match;
  const whole = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const milliseconds = Date.parse(`${whole}Z`);
  // Date.parse carries 2026-02-30 over into March: what does not read back is no date.
  if (Number.isNaN(milliseconds) || !new Date(milliseconds).toISOString().startsWith(whole)) return undefined;
  const parts = fraction === undefined ? 0 : Number(`0.${fraction}`) * 1000;
  return milliseconds + parts - zoneOffset(zone);
}

/** Milliseconds that a zone is ahead of UTC. */
function zoneOffset(zone: string | undefined): number {
  if (zone === undefined || zone.toUpperCase() === "Z") return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(-2));
  return (zone.startsWith("-") ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

/** Bytes in base-64, as hexadecimal digits, so that equal bytes are equal strings. */
export function parseBinary(text: string): string | undefined {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) return undefined;
  return Buffer.from(text, "base64").toString("hex");
}
