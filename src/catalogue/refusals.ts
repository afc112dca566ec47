import { DEVICE_REFUSALS } from "../devices/refusals";
import type { RefusalDeclaration } from "../findings/refusal";
import { UNKNOWN_RULE } from "./unknown-rule";

/** Every error that a user can cause. Each room lists its own beside what refuses. */
export const REFUSALS: readonly RefusalDeclaration[] = [UNKNOWN_RULE, ...DEVICE_REFUSALS];

const byCode = new Map(REFUSALS.map((refusal) => [refusal.code, refusal]));

/** The declaration of a refusal, or nothing where none has that code. */
export function refusalOf(code: string): RefusalDeclaration | undefined {
  return byCode.get(code);
}
