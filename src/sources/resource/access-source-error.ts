import { Refusal, type RefusalDeclaration } from "../../findings/refusal";
import { type Violation, violationText } from "../../findings/violation";

/** A stack, plan, state or inventory that cannot be read as what it should be. Says where, what was expected, what was got and what to do. */
export class AccessSourceError extends Refusal {
  override readonly name = "AccessSourceError";

  constructor(refusal: RefusalDeclaration, words: Omit<Violation, "code">, options?: ErrorOptions) {
    super(refusal, violationText(words), options);
  }
}

/** What a value is, short enough for an error message: `an array`, `"abc…"`, `nothing`. */
export function described(value: unknown): string {
  if (value === undefined || value === null) return value === null ? "null" : "nothing";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object") return `an object with ${keysOf(value)}`;
  return JSON.stringify(shortened(String(value)));
}

function keysOf(value: object): string {
  const keys = Object.keys(value);
  return keys.length === 0 ? "no keys" : `the keys ${shortened(keys.slice(0, 8).join(", "))}`;
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
