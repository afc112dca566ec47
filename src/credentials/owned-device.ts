import type { KeyOwner } from "./access-key";

/** A device user, with the person who holds it. */
export interface OwnedDevice extends KeyOwner {
  readonly owner: string;
  /** The owner's other devices whose key can be set to Active from this one. */
  readonly reactivates: readonly string[];
}
