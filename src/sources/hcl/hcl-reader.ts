import type { Expression, Step } from "./hcl-syntax";

/** What is not understood, or no expression. */
export class Unreadable extends Error {}

/** Deep nesting is hostile or generated; neither is worth a stack overflow. */
const DEEPEST = 64;

const IDENTIFIER = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const NUMBER = /-?\d+(\.\d+)?([eE][+-]?\d+)?/y;
const SPACE = /(?:[ \t\r\n]|#[^\n]*|\/\/[^\n]*)*/y;
const PLAIN = /[^$%]+/y;
const PLAIN_QUOTED = /[^$%"\\]+/y;
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };

/** Reads expressions and templates from left to right. @throws Unreadable where it does not understand */
export class HclReader {
  private at = 0;
  constructor(private readonly text: string) {}

  /** Literal text and interpolations up to a closing quote, or to the end. */
  template(quote: '"' | undefined, depth: number): (string | Expression)[] {
    const parts: (string | Expression)[] = [];
    let literal = "";
    while (this.at < this.text.length) {
      literal += this.match(quote === undefined ? PLAIN : PLAIN_QUOTED) ?? "";
      if (this.at >= this.text.length) break;
      const rest = this.text.slice(this.at, this.at + 3);
      const symbol = rest.charAt(0);
      if (symbol === quote) break;
      if (rest === "$${" || rest === "%%{") {
        literal += rest.slice(1);
        this.at += 3;
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
        this.at++;
      }
    }
    if (literal !== "") parts.push(literal);
    return parts;
  }

  expression(depth: number): Expression {
    if (depth > DEEPEST) throw new Unreadable();
    this.skip();
    const symbol = this.text.charAt(this.at);
    if (symbol === '"') return this.steps(this.quoted(depth), depth);
    if (symbol === "[") return this.steps(this.tuple(depth), depth);
    if (symbol === "{") return this.object(depth);
    if (symbol === "(") {
      this.at++;
      const inner = this.expression(depth + 1);
      this.take(")");
      return this.steps(inner, depth);
    }
    const number = this.match(NUMBER);
    if (number !== undefined) return { kind: "literal", value: Number(number) };
    return this.named(depth);
  }

  end(): void {
    this.skip();
    if (this.at < this.text.length) throw new Unreadable();
  }

  private interpolation(depth: number): Expression {
    const start = this.at;
    this.at += 2;
    if (this.text.charAt(this.at) === "~") throw new Unreadable();
    try {
      const expression = this.expression(depth + 1);
      this.take("}");
      return expression;
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      this.at = start + 2;
      const end = this.endOfInterpolation();
      const text = this.text.slice(start + 2, end);
      this.at = end + 1;
      return { kind: "opaque", text };
    }
  }

  /** The brace that closes an interpolation which cannot be read: braces and quoted strings are counted. */
  private endOfInterpolation(): number {
    const closers: string[] = ["}"];
    for (let at = this.at; at < this.text.length; at++) {
      const symbol = this.text.charAt(at);
      const inString = closers.at(-1) === '"';
      if (inString && symbol === "\\") at++;
      else if (symbol === closers.at(-1)) {
        closers.pop();
        if (closers.length === 0) return at;
      } else if (symbol === '"') closers.push('"');
      else if (inString ? this.text.startsWith("${", at) : symbol === "{") {
        if (inString) at++;
        closers.push("}");
      }
    }
    throw new Unreadable();
  }

  private quoted(depth: number): Expression {
    this.at++;
    const parts = this.template('"', depth + 1);
    this.take('"', false);
    if (parts.length === 0) return { kind: "literal", value: "" };
    const [only] = parts;
    return parts.length === 1 && typeof only === "string"
      ? { kind: "literal", value: only }
      : { kind: "template", parts };
  }

  private tuple(depth: number): Expression {
    this.at++;
    const items: Expression[] = [];
    while (!this.takes("]")) {
      items.push(this.expression(depth + 1));
      if (!this.takes(",")) {
        this.take("]");
        break;
      }
    }
    return { kind: "tuple", items };
  }

  private object(depth: number): Expression {
    this.at++;
    const entries: [Expression, Expression][] = [];
    while (!this.takes("}")) {
      const key = this.expression(depth + 1);
      if (!this.takes("=") && !this.takes(":")) throw new Unreadable();
      entries.push([
        key.kind === "traversal" && key.steps.length === 0 ? { kind: "literal", value: key.root } : key,
        this.expression(depth + 1),
      ]);
      this.takes(",");
    }
    return { kind: "object", entries };
  }

  private named(depth: number): Expression {
    const name = this.match(IDENTIFIER);
    if (name === undefined || name === "for") throw new Unreadable();
    if (name === "true" || name === "false") return { kind: "literal", value: name === "true" };
    if (name === "null") return { kind: "literal", value: null };
    if (!this.takes("(")) return this.steps({ kind: "traversal", root: name, steps: [] }, depth);
    const given: Expression[] = [];
    while (!this.takes(")")) {
      given.push(this.expression(depth + 1));
      if (!this.takes(",")) {
        this.take(")");
        break;
      }
    }
    return this.steps({ kind: "call", name, arguments: given }, depth);
  }

  private steps(start: Expression, depth: number): Expression {
    const steps: Step[] = [];
    for (;;) {
      this.skip();
      if (this.text.startsWith("[*]", this.at)) {
        this.at += 3;
        steps.push({ splat: true });
      } else if (this.text.charAt(this.at) === "[") {
        this.at++;
        steps.push({ key: this.expression(depth + 1) });
        this.take("]");
      } else if (/^\.[^.]/.test(this.text.slice(this.at, this.at + 2))) {
        this.at++;
        if (this.takes("*")) steps.push({ splat: true });
        else steps.push(this.attribute());
      } else break;
    }
    if (steps.length === 0) return start;
    if (start.kind !== "traversal") throw new Unreadable();
    return { ...start, steps };
  }

  private attribute(): Step {
    const name = this.match(IDENTIFIER);
    if (name !== undefined) return { name };
    const position = this.match(/\d+/y);
    if (position === undefined) throw new Unreadable();
    return { key: { kind: "literal", value: Number(position) } };
  }

  private escape(): string {
    const symbol = this.text.charAt(this.at + 1);
    const code = /^u([0-9a-fA-F]{4})/.exec(this.text.slice(this.at + 1, this.at + 6))?.[1];
    if (code !== undefined) {
      this.at += 6;
      return String.fromCharCode(Number.parseInt(code, 16));
    }
    const escaped = ESCAPES[symbol];
    if (escaped === undefined) throw new Unreadable();
    this.at += 2;
    return escaped;
  }

  private take(symbol: string, skipping = true): void {
    if (!this.takes(symbol, skipping)) throw new Unreadable();
  }

  private takes(symbol: string, skipping = true): boolean {
    if (skipping) this.skip();
    if (!this.text.startsWith(symbol, this.at)) return false;
    if (symbol === "=" && this.text.charAt(this.at + 1) === "=") return false;
    this.at += symbol.length;
    return true;
  }

  private skip(): void {
    this.match(SPACE);
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found === undefined) return undefined;
    this.at += found.length;
    return found;
  }
}
