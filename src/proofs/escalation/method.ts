/** What a method gives, and so what must exist for it to lead anywhere. */
export type Gain =
  /** Actions on the caller itself, its groups or the policies attached to it. */
  | { readonly kind: "own-policy" }
  | { readonly kind: "own-principal"; readonly of: "user" | "group" | "role" }
  /** The caller joins a group that holds more. */
  | { readonly kind: "group" }
  /** The caller becomes another user. */
  | { readonly kind: "user" }
  /** The caller becomes a role whose trust or policies it changes. */
  | { readonly kind: "role-trust" }
  | { readonly kind: "assumable-role" }
  /** The caller makes a principal and gives it everything. */
  | { readonly kind: "new-user" | "new-role" | "provider" }
  /** Rights that no principal of the graph holds: Identity Center, delegation, root of a member account. */
  | { readonly kind: "direct" }
  /** A service runs the caller's code as a role that is passed to it. */
  | { readonly kind: "passed-role"; readonly services: readonly string[] }
  /** A service that runs as a role already takes the caller's code. */
  | { readonly kind: "running-role"; readonly services: readonly string[] };

/** A known way from lesser rights to greater ones. */
export interface EscalationMethod {
  /** The actions it is known by: `iam:PassRole+lambda:CreateFunction+lambda:InvokeFunction`. */
  readonly id: string;
  readonly title: string;
  /** Actions that are all needed; those on the target itself come first. */
  readonly needs: readonly string[];
  readonly gain: Gain;
  /** Public page that describes it. */
  readonly source: string;
}
