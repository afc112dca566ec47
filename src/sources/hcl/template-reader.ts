import { type HclCursor, Unreadable } from "./hcl-cursor";
import type { Expression } from "./hcl-syntax";

const PLAIN = /[^$%]+/y;
const PLAIN_QUOTED = /[^$%"\\]+/y;
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };

type ReadExpression = (depth: number) => Expression;

/** Text with `${...}`, on its own or between quotes. An interpolation that cannot be read is opaque. */
export class TemplateReader {
  constructor(
    private readonly cursor: HclCursor,
    private readonly expression: ReadExpression,
  ) {}

  /** Literal text and interpolations up to a closing quote, or to the end. */
  parts(quote: '"' | undefined, depth: number): (string | Expression)[] {
    const { cursor } = this;
    const parts: (string | Expression)[] = [];
    let literal = "";
    while (!cursor.isAtEnd) {
      literal += cursor.match(quote === undefined ? PLAIN : PLAIN_QUOTED) ?? "";
      if (cursor.isAtEnd) break;
      const rest = cursor.peek(3);
      const symbol = rest.charAt(0);
      if (symbol === quote) break;
      if (rest === "$${" || rest === "%%{") {
        literal += rest.slice(1);
        cursor.at += 3;
      } else if (rest.startsWith("%{")) {
        throw new Unreadable();
      } else if (rest.startsWith("${")) {
        if (literal !== "") parts.push(literal);
        literal = "";
        parts.push(this.interpolation(depth));
      } else if (quote !== undefined && symbol === "\\") {
        literal += this.escape();
      } else {
        literal += symbol;
        cursor.at++;
      }
    }
    if (literal !== "") parts.push(literal);
    return parts;
  }

  private interpolation(depth: number): Expression {
    const { cursor } = this;
    const start = cursor.at;
    cursor.at += 2;
    if (cursor.peek() === "~") throw new Unreadable();
    try {
      const expression = this.expression(depth + 1);
      cursor.take("}");
      return expression;
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      cursor.at = start + 2;
      const end = this.endOfInterpolation();
      const text = cursor.text.slice(start + 2, end);
      cursor.at = end + 1;
      return { kind: "opaque", text };
    }
  }

  /** The brace that closes an interpolation which cannot be read: braces and quoted strings are counted. */
  private endOfInterpolation(): number {
    const { text } = this.cursor;
    const closers: string[] = ["}"];
    for (let at = this.cursor.at; at < text.length; at++) {
      const symbol = text.charAt(at);
      const inString = closers.at(-1) === '"';
      if (inString && symbol === "\\") at++;
      else if (symbol === closers.at(-1)) {
        closers.pop();
        if (closers.length === 0) return at;
      } else if (symbol === '"') closers.push('"');
      else if (inString ? text.startsWith("${", at) : symbol === "{") {
        if (inString) at++;
        closers.push("}");
      }
    }
    throw new Unreadable();
  }

  private escape(): string {
    const { cursor } = this;
    const symbol = cursor.text.charAt(cursor.at + 1);
    const code = /^u([0-9a-fA-F]{4})/.exec(cursor.text.slice(cursor.at + 1, cursor.at + 6))?.[1];
    if (code !== undefined) {
      cursor.at += 6;
      return String.fromCharCode(Number.parseInt(code, 16));
    }
    const escaped = ESCAPES[symbol];
    if (escaped === undefined) throw new Unreadable();
    cursor.at += 2;
    return escaped;
  }
}
