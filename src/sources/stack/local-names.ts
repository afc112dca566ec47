/** One pass of count or for_each: `each.key` or `count.index`, and `each.value`. */
export interface Repetition {
  readonly key: string | number;
  readonly value: unknown;
}

/** What names mean in one resource only. */
export interface LocalNames {
  readonly repetition?: Repetition | undefined;
  /** Of dynamic blocks, by the name of their iterator: `inline_policy.value`. */
  readonly iterators?: ReadonlyMap<string, { readonly key: unknown; readonly value: unknown }>;
}
