import { HclCursor, Unreadable } from "./hcl-cursor";
import { BINARY_OPERATORS, type BinaryOperator, type Expression, type Step } from "./hcl-syntax";
import { TemplateReader } from "./template-reader";

export { Unreadable } from "./hcl-cursor";

/** Deep nesting is hostile or generated; neither is worth a stack overflow. */
const DEEPEST = 64;

const IDENTIFIER = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const NUMBER = /\d+(\.\d+)?([eE][+-]?\d+)?/y;
const OPERATOR_SIGNS: ReadonlySet<string> = new Set(
  BINARY_OPERATORS.flat().map((operator) => operator.charAt(0)),
);
const FOR = /for(?![\p{ID_Continue}-])/uy;
const IN = /in(?![\p{ID_Continue}-])/uy;
const IF = /if(?![\p{ID_Continue}-])/uy;

/** Reads expressions and templates from left to right. @throws Unreadable where it does not understand */
export class HclReader {
  private readonly cursor: HclCursor;
  private readonly templates: TemplateReader;

  constructor(text: string) {
    this.cursor = new HclCursor(text);
    this.templates = new TemplateReader(this.cursor, (depth) => this.expression(depth));
  }

  /** Literal text and interpolations, to the end. */
  template(depth: number): (string | Expression)[] {
    return this.templates.parts(undefined, depth);
  }

  expression(depth: number): Expression {
    const condition = this.binary(0, depth);
    if (!this.cursor.takes("?")) return condition;
    const then = this.expression(depth + 1);
    this.cursor.take(":");
    return { kind: "conditional", condition, then, otherwise: this.expression(depth + 1) };
  }

  end(): void {
    this.cursor.skip();
    if (!this.cursor.isAtEnd) throw new Unreadable();
  }

  /** Operands and operators that bind at least as tightly as a level: precedence climbing. */
  private binary(level: number, depth: number): Expression {
    let left = this.operand(depth);
    for (let length = 0; length < DEEPEST; length++) {
      const found = this.operator(level);
      if (found === undefined) return left;
      const right = this.binary(found.level + 1, depth + 1);
      left = { kind: "binary", operator: found.operator, left, right };
    }
    throw new Unreadable();
  }

  private operator(least: number): { readonly operator: BinaryOperator; readonly level: number } | undefined {
    this.cursor.skip();
    if (!OPERATOR_SIGNS.has(this.cursor.peek())) return undefined;
    for (let level = least; level < BINARY_OPERATORS.length; level++) {
      const operator = BINARY_OPERATORS[level]?.find((one) => this.cursor.takes(one));
      if (operator !== undefined) return { operator, level };
    }
    return undefined;
  }

  private operand(depth: number): Expression {
    if (depth > DEEPEST) throw new Unreadable();
    const { cursor } = this;
    cursor.skip();
    for (const operator of ["!", "-"] as const) {
      if (!cursor.takes(operator)) continue;
      const operand = this.operand(depth + 1);
      return operator === "-" && operand.kind === "literal" && typeof operand.value === "number"
        ? { kind: "literal", value: -operand.value }
        : { kind: "unary", operator, operand };
    }
    return this.steps(this.plainOperand(depth), depth);
  }

  private plainOperand(depth: number): Expression {
    const { cursor } = this;
    const symbol = cursor.peek();
    if (symbol === '"') return this.quoted(depth);
    if (symbol === "[") return this.tuple(depth);
    if (symbol === "{") return this.object(depth);
    if (cursor.takes("(")) {
      const inner = this.expression(depth + 1);
      cursor.take(")");
      return inner;
    }
    const number = cursor.match(NUMBER);
    return number === undefined ? this.named(depth) : { kind: "literal", value: Number(number) };
  }

  private quoted(depth: number): Expression {
    this.cursor.at++;
    const parts = this.templates.parts('"', depth + 1);
    this.cursor.take('"', false);
    if (parts.length === 0) return { kind: "literal", value: "" };
    const [only] = parts;
    return parts.length === 1 && typeof only === "string"
      ? { kind: "literal", value: only }
      : { kind: "template", parts };
  }

  private tuple(depth: number): Expression {
    this.cursor.at++;
    const made = this.forExpression("]", depth);
    if (made !== undefined) return made;
    const items: Expression[] = [];
    while (!this.cursor.takes("]")) {
      items.push(this.expression(depth + 1));
      if (!this.cursor.takes(",")) {
        this.cursor.take("]");
        break;
      }
    }
    return { kind: "tuple", items };
  }

  private object(depth: number): Expression {
    const { cursor } = this;
    cursor.at++;
    const made = this.forExpression("}", depth);
    if (made !== undefined) return made;
    const entries: [Expression, Expression][] = [];
    while (!cursor.takes("}")) {
      const key = this.expression(depth + 1);
      if (!cursor.takes("=") && !cursor.takes(":")) throw new Unreadable();
      entries.push([
        key.kind === "traversal" && key.steps.length === 0 ? { kind: "literal", value: key.root } : key,
        this.expression(depth + 1),
      ]);
      cursor.takes(",");
    }
    return { kind: "object", entries };
  }

  private forExpression(closer: "]" | "}", depth: number): Expression | undefined {
    const { cursor } = this;
    cursor.skip();
    if (cursor.match(FOR) === undefined) return undefined;
    const names = [this.name()];
    if (cursor.takes(",")) names.push(this.name());
    this.word(IN);
    const collection = this.expression(depth + 1);
    cursor.take(":");
    const first = this.expression(depth + 1);
    const isObject = closer === "}";
    if (isObject) cursor.take("=>");
    const result = isObject ? this.expression(depth + 1) : first;
    const isGrouping = cursor.takes("...");
    cursor.skip();
    const condition = cursor.match(IF) === undefined ? undefined : this.expression(depth + 1);
    cursor.take(closer);
    return {
      kind: "for",
      names,
      collection,
      key: isObject ? first : undefined,
      result,
      condition,
      isGrouping,
    };
  }

  private name(): string {
    this.cursor.skip();
    const name = this.cursor.match(IDENTIFIER);
    if (name === undefined) throw new Unreadable();
    return name;
  }

  private word(pattern: RegExp): void {
    this.cursor.skip();
    if (this.cursor.match(pattern) === undefined) throw new Unreadable();
  }

  private named(depth: number): Expression {
    const { cursor } = this;
    const name = cursor.match(IDENTIFIER);
    if (name === undefined) throw new Unreadable();
    if (name === "true" || name === "false") return { kind: "literal", value: name === "true" };
    if (name === "null") return { kind: "literal", value: null };
    if (!cursor.takes("(")) return { kind: "traversal", root: name, steps: [] };
    const given: Expression[] = [];
    while (!cursor.takes(")")) {
      given.push(this.expression(depth + 1));
      if (!cursor.takes(",")) {
        cursor.take(")");
        break;
      }
    }
    return { kind: "call", name, arguments: given };
  }

  private steps(start: Expression, depth: number): Expression {
    const { cursor } = this;
    const steps: Step[] = [];
    for (;;) {
      cursor.skip();
      if (cursor.takes("[*]")) steps.push({ splat: true });
      else if (cursor.takes("[")) {
        steps.push({ key: this.expression(depth + 1) });
        cursor.take("]");
      } else if (/^\.[^.]/.test(cursor.peek(2))) {
        cursor.at++;
        steps.push(cursor.takes("*") ? { splat: true } : this.attribute());
      } else break;
    }
    if (steps.length === 0) return start;
    return start.kind === "traversal" ? { ...start, steps } : { kind: "access", source: start, steps };
  }

  private attribute(): Step {
    const name = this.cursor.match(IDENTIFIER);
    if (name !== undefined) return { name };
    const position = this.cursor.match(/\d+/y);
    if (position === undefined) throw new Unreadable();
    return { key: { kind: "literal", value: Number(position) } };
  }
}
