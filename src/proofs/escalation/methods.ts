import { IAM_METHODS } from "./iam-methods";
import type { EscalationMethod } from "./method";
import { SERVICE_METHODS } from "./service-methods";

/** Every known way that the proofs try. */
export const ESCALATION_METHODS: readonly EscalationMethod[] = [...IAM_METHODS, ...SERVICE_METHODS];
