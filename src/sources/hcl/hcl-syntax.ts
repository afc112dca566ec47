/** The part of Terraform's expression language that is understood; everything else is "opaque" and never guessed. */
export type Expression =
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  | { readonly kind: "template"; readonly parts: readonly (string | Expression)[] }
  | { readonly kind: "traversal"; readonly root: string; readonly steps: readonly Step[] }
  /** Steps into something that is no name: `tolist(x)[0]`. */
  | { readonly kind: "access"; readonly source: Expression; readonly steps: readonly Step[] }
  | { readonly kind: "call"; readonly name: string; readonly arguments: readonly Expression[] }
  | { readonly kind: "tuple"; readonly items: readonly Expression[] }
  | { readonly kind: "object"; readonly entries: readonly (readonly [Expression, Expression])[] }
  | {
      readonly kind: "conditional";
      readonly condition: Expression;
      readonly then: Expression;
      readonly otherwise: Expression;
    }
  | { readonly kind: "unary"; readonly operator: "!" | "-"; readonly operand: Expression }
  | {
      readonly kind: "binary";
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | ForExpression
  | { readonly kind: "opaque"; readonly text: string };

/** `[for k, v in c : r if x]`, or `{for k, v in c : key => r if x}`. */
export interface ForExpression {
  readonly kind: "for";
  /** One name: of the value. Two: of the key and the value. */
  readonly names: readonly string[];
  readonly collection: Expression;
  /** Only in braces. */
  readonly key: Expression | undefined;
  readonly result: Expression;
  readonly condition: Expression | undefined;
  /** `...` behind the result: values of one key are a list. */
  readonly isGrouping: boolean;
}

/** Operators of two operands by how tightly they bind, the loosest first. */
export const BINARY_OPERATORS = [
  ["||"],
  ["&&"],
  ["==", "!="],
  [">=", "<=", ">", "<"],
  ["+", "-"],
  ["*", "/", "%"],
] as const;

export type BinaryOperator = (typeof BINARY_OPERATORS)[number][number];

/** `.name`, `[key]`, or a splat. */
export type Step = { readonly name: string } | { readonly key: Expression } | { readonly splat: true };
