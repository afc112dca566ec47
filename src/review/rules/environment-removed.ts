import { defineRule } from "../../findings/rule";
import type { Draft } from "../review-finding";

export const ENVIRONMENT_REMOVED = defineRule({
  id: "environment-removed",
  area: "review",
  title: "An environment is gone from the project",
  severities: ["high"],
  why: "Its stacks stay in the account: users, roles and functions go on, and nobody looks after them, reviews them or sees their drift.",
  example: { before: "environments/prod.ts", after: "the file is deleted" },
  remedy: "Destroy its stacks first, or keep the environment.",
  since: "0.1.0",
});

export function environmentRemoved(environment: string): Draft {
  return {
    rule: ENVIRONMENT_REMOVED,
    severity: "high",
    category: "identities",
    address: environment,
    subjects: [],
    predicate: `environment ${environment} is gone: its stacks stay in the account, and nobody looks after them`,
  };
}
