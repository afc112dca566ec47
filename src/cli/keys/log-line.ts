import { printable } from "../../findings/printable";
import type { CommandContext } from "../command";
import type { ListingFormat } from "../listing";

/** A line on standard error for every step that a command takes, so that a log tells who changed what, and why. */
export type Log = (event: string, fields: Readonly<Record<string, unknown>>) => void;

/** Lines of `key=value`, or of JSON where the result is JSON too. */
export function logTo({ output, now }: CommandContext, format: ListingFormat): Log {
  return (event, fields) => {
    const line = { time: now.toISOString(), event, ...fields };
    output.progress(
      format === "json"
        ? JSON.stringify(line)
        : Object.entries(line)
            .map(([name, value]) => `${name}=${worded(value)}`)
            .join(" "),
    );
  };
}

function worded(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  return printable(/[\s"=]/.test(text) && typeof value === "string" ? JSON.stringify(text) : text);
}
