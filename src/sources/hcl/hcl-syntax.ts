/** The part of Terraform's expression language that is understood; everything else is "opaque" and never guessed. */
export type Expression =
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  | { readonly kind: "template"; readonly parts: readonly (string | Expression)[] }
  | { readonly kind: "traversal"; readonly root: string; readonly steps: readonly Step[] }
  | { readonly kind: "call"; readonly name: string; readonly arguments: readonly Expression[] }
  | { readonly kind: "tuple"; readonly items: readonly Expression[] }
  | { readonly kind: "object"; readonly entries: readonly (readonly [Expression, Expression])[] }
  | { readonly kind: "opaque"; readonly text: string };

/** `.name`, `[key]`, or a splat. */
export type Step = { readonly name: string } | { readonly key: Expression } | { readonly splat: true };
