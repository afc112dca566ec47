/** A value that a pattern may name as it is. */
export type Scalar = string | number | boolean | null;

/** One text or several, of which one has to fit. */
type Texts = string | readonly string[];

/**
 * A condition on one field of an event.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export type Operator =
  | { readonly exists: boolean }
  | { readonly prefix: string | { readonly "equals-ignore-case": string } }
  | { readonly suffix: string | { readonly "equals-ignore-case": string } }
  | { readonly "equals-ignore-case": string }
  | { readonly wildcard: string }
  | { readonly cidr: string }
  | { readonly numeric: readonly (string | number)[] }
  | { readonly "anything-but": AnythingBut };

/** What must not be there. The field itself must be: a missing field is nothing, and not anything. */
export type AnythingBut =
  | string
  | number
  | readonly (string | number)[]
  | { readonly prefix: Texts }
  | { readonly suffix: Texts }
  | { readonly "equals-ignore-case": Texts }
  | { readonly wildcard: Texts };

export type Condition = Scalar | Operator;

/** Fields of an event, each with what it may be; all of them have to fit. `$or` holds alternatives to what is beside it. */
export interface EventPattern {
  readonly $or?: readonly EventPattern[];
  readonly [field: string]: EventPattern | readonly Condition[] | readonly EventPattern[] | undefined;
}

/** Conditions on one field: a list is a leaf of a pattern. `$or` is the one list that is none. */
export interface Leaf {
  /** From the top: `["detail", "userIdentity", "type"]`. */
  readonly path: readonly string[];
  /** One of them has to fit. */
  readonly conditions: readonly Condition[];
}

/**
 * The alternatives of a pattern, each a list of leaves that all have to fit: what `$or` means, multiplied out.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html#eb-filtering-complex-example-or
 */
export function alternativesOf(
  pattern: EventPattern,
  path: readonly string[] = [],
): readonly (readonly Leaf[])[] {
  let alternatives: readonly (readonly Leaf[])[] = [[]];
  const and = (more: readonly (readonly Leaf[])[]) => {
    alternatives = alternatives.flatMap((some) => more.map((others) => [...some, ...others]));
  };
  for (const [field, value] of Object.entries(pattern)) {
    if (value === undefined) continue;
    if (field === "$or")
      and((value as readonly EventPattern[]).flatMap((each) => alternativesOf(each, path)));
    else if (isLeaf(value)) and([[{ path: [...path, field], conditions: value }]]);
    else and(alternativesOf(value as EventPattern, [...path, field]));
  }
  return alternatives;
}

export function isLeaf(value: unknown): value is readonly Condition[] {
  return Array.isArray(value);
}
