import type { Uncovered } from "../../../iam/comparison/coverage";
import type { AttachedPolicy } from "../../../iam/graph";
import type { Statement } from "../../../iam/policy-document";
import { type Holder, knownDocuments, type PlacedPolicy } from "../../principals/placed-policies";
import { nearestStatement } from "../../statement-diff";

/** A principal and its policies on both sides: what the rules about policies judge by. */
export interface PolicyContext {
  readonly principal: Holder;
  /** `user home`. */
  readonly subject: string;
  readonly before: readonly PlacedPolicy[];
  readonly after: readonly PlacedPolicy[];
}

/** The policy that a statement stands in, among those in force and the boundary. */
export function placedBy(
  statement: Statement,
  placed: readonly PlacedPolicy[],
  boundary?: AttachedPolicy,
): PlacedPolicy | undefined {
  const holds = ({ policy: { document } }: PlacedPolicy) =>
    !("unknown" in document) && document.Statement.includes(statement);
  return (
    placed.find(holds) ??
    (boundary !== undefined && holds({ policy: boundary }) ? { policy: boundary } : undefined)
  );
}

/** Where a reader finds it: the policy, its attachment, or the principal. */
export function addressOf(placed: PlacedPolicy | undefined, principal: Holder): string {
  return placed?.policy.address || placed?.policy.attachedBy || principal.address || principal.arn;
}

/** What a statement is on the other side: of the same Sid, or else the nearest that this side has not. */
export function counterpart(
  difference: Uncovered,
  there: readonly PlacedPolicy[],
  here: readonly PlacedPolicy[],
): Statement | undefined {
  const statements = (list: readonly PlacedPolicy[]) =>
    knownDocuments(list).flatMap((document) => document.Statement);
  return (
    sameSid(difference, there) ??
    nearestStatement(difference.grant.statement, statements(there), statements(here))
  );
}

/** The statement of the same Sid on the other side: for the diff only. */
export function sameSid(difference: Uncovered, there: readonly PlacedPolicy[]): Statement | undefined {
  const { Sid } = difference.grant.statement;
  if (Sid === undefined || Sid === "") return undefined;
  return knownDocuments(there)
    .flatMap(({ Statement: statements }) => statements)
    .find((statement) => statement.Sid === Sid && statement.Effect === difference.grant.effect);
}
