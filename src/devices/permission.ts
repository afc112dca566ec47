import { evaluate } from "../iam/evaluate";
import type { AccessGraph } from "../iam/graph";
import type { AccessRequest, Credentials, Network } from "../iam/request";

/** Who is about to call AWS. */
export interface Caller {
  /** ARN as `sts:GetCallerIdentity` tells it, or a Terraform address. */
  readonly principal: string;
  readonly credentials: Credentials;
  readonly network: Network;
}

export interface Call {
  readonly action: string;
  readonly resource: string;
  readonly context?: NonNullable<AccessRequest["context"]>;
}

/** What the declared policies say of a call before it is made. */
export type Permission =
  | { readonly answer: "allowed" }
  | { readonly answer: "denied"; readonly call: Call; readonly because: string }
  /** The caller is nobody's the environments declare, or it hinges on what is not known: AWS decides. */
  | { readonly answer: "not-known"; readonly call: Call; readonly because: string };

/**
 * Whether a caller may make all of these calls; the first that it may not decides, and one that is not known where
 * none is denied.
 */
export function permissionFor(graph: AccessGraph, caller: Caller, calls: readonly Call[]): Permission {
  let open: Permission | undefined;
  for (const call of calls) {
    const { effect, because } = evaluate({ ...caller, ...call }, graph);
    if (effect === "Allowed") continue;
    if (effect === "Unknown") open ??= { answer: "not-known", call, because };
    else return { answer: "denied", call, because };
  }
  return open ?? { answer: "allowed" };
}
