import type { UnknownParts } from "../resource/unknown-parts";
import type { PlainStep } from "./follow";

/** What names mean at one place of a configuration. */
export interface Scope {
  readonly parts: UnknownParts;
  /** Address of the attribute that is being read, for reasons: `aws_iam_role.admin.name`. */
  readonly location: string;
  /** The value of `root.step.step…`; an `UnknownValue` where it has none. */
  resolve(root: string, steps: readonly PlainStep[]): unknown;
}
