import type { Draft } from "../../review-finding";
import { isAdded, type JudgingContext, openOf, type ResourceChange } from "./resource-change";

/** A secret that comes with its resource is what the resource is for; another one in its place is not judged. */
export function secretChanged(change: ResourceChange, context: JudgingContext): readonly Draft[] {
  if (isAdded(change)) context.ledger.settle(openOf(change, context, "secret"));
  return [];
}
