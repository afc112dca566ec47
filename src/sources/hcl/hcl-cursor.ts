/** What is not understood, or no expression. */
export class Unreadable extends Error {}

const SPACE = /(?:[ \t\r\n]|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;

/** A place in a text that is read from left to right. */
export class HclCursor {
  at = 0;
  constructor(readonly text: string) {}

  get isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** The next characters, without moving. */
  peek(length = 1): string {
    return this.text.slice(this.at, this.at + length);
  }

  skip(): void {
    this.match(SPACE);
  }

  /** Moves past a sticky pattern. */
  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found === undefined) return undefined;
    this.at += found.length;
    return found;
  }

  /** Moves past a symbol, if it is next. */
  takes(symbol: string, skipping = true): boolean {
    if (skipping) this.skip();
    if (!this.text.startsWith(symbol, this.at)) return false;
    if (symbol === "=" && this.text.charAt(this.at + 1) === "=") return false;
    this.at += symbol.length;
    return true;
  }

  /** @throws Unreadable where the symbol is not next */
  take(symbol: string, skipping = true): void {
    if (!this.takes(symbol, skipping)) throw new Unreadable();
  }
}
