import type { AccessGraph, Role } from "../../../iam/graph";
import type { Ledger, LedgerEntry } from "../../ledger/ledger";
import type { Nature } from "../../natures/nature";
import type { Draft } from "../../review-finding";
import type { RawResource } from "../../reviewed-environment";

/** One resource before and after, with what of it no rule has judged yet. */
export interface ResourceChange {
  readonly key: string;
  readonly address: string;
  readonly type: string;
  readonly before: RawResource | undefined;
  readonly after: RawResource | undefined;
}

/** What rules know beside the resource that changes. */
export interface JudgingContext {
  readonly before: AccessGraph;
  readonly after: AccessGraph;
  /** The account itself comes new: nothing was there before. */
  readonly isNew: boolean;
  readonly ledger: Ledger;
  /** Accounts of this environment. */
  readonly own: ReadonlySet<string>;
  /** Accounts of every environment under review that were there before. */
  readonly known: ReadonlySet<string>;
  /** Every role under review that is not brought along by this change, by ARN; and those that it brings along. */
  readonly roles: RoleIndex;
  /** Names and ARNs of what keeps credentials short-lived; empty where nothing does. */
  readonly safeguards: ReadonlySet<string>;
  /** ARNs of the roles of those functions and schedules. */
  readonly guardedRoles: ReadonlySet<string>;
  /** Files beside the stacks; nothing for a plan, which has none. */
  readonly files: { readonly before: StackFiles; readonly after: StackFiles };
}

/** A file beside a stack, by the key of a resource of that stack and its path. */
export interface StackFiles {
  /** Whether anything is known of the files beside that resource's stack. */
  isKnown(key: string): boolean;
  find(key: string, path: string): StackFileDigest | undefined;
}

export interface StackFileDigest {
  readonly digest: string;
  readonly sha256Base64: string;
}

/** Roles by what a resource may name them with. */
export interface RoleIndex {
  /** @param name ARN, name, or name or ARN of an instance profile */
  find(name: string): FoundRole | undefined;
}

export interface FoundRole {
  readonly role: Role;
  /** Made by the same change: its own findings say what it may do. */
  readonly isNew: boolean;
}

/** Entries of a resource that are of some natures and not judged yet. */
export function openOf(
  { key }: ResourceChange,
  { ledger }: JudgingContext,
  ...natures: readonly Nature[]
): readonly LedgerEntry[] {
  return ledger.of(key).filter(({ nature }) => natures.includes(nature));
}

/** Where a finding about a resource is. */
export function aboutResource({ address }: ResourceChange): Pick<Draft, "address" | "subjects"> {
  return { address, subjects: [] };
}

/** How a resource comes to be: `is new with`, `gets`. */
export function isAdded({ before }: ResourceChange): boolean {
  return before === undefined;
}
