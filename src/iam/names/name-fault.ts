import { nearestName } from "../../findings/nearest-name";

/** A name in a policy that AWS does not have, as far as its lists tell, or one that cannot mean anything there. */
export interface NameFault {
  /** Where in the statement: `["Action", 2]`. */
  readonly path: readonly PropertyKey[];
  /** As written. */
  readonly name: string;
  readonly expected: string;
  readonly remedy: string;
  /** Whether AWS may have it by now: then an exception can let it stand. Off for what is wrong by its form. */
  readonly mayBeNew: boolean;
}

/** `did you mean "x"?` where a known name is near, else `otherwise`. */
export function didYouMean(written: string, known: Iterable<string>, otherwise: string): string {
  const nearest = nearestName(written, known);
  return nearest === undefined ? otherwise : `did you mean "${nearest}"?`;
}
