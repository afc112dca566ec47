import { defineRefusal } from "../../findings/refusal";
import { type EnvironmentRule, violationAt } from "./rule";

export const ROOT_CANNOT_RECOVER = defineRefusal({
  code: "root-cannot-recover",
  title: "An environment recovers by a root user that has no credentials",
  why: "Where the organization manages root centrally, a member account's root user has neither password nor keys: nobody can sign in as it on the day when every key is inactive.",
  example:
    'environments/prod.ts: recovery.root: a root user with a password and MFA of its own, to recover by, got root.credentials: "central", so the account has none; declare recovery as "second-device", "oidc" or "break-glass-user" [root-cannot-recover]',
  remedy:
    'Declare another recovery. The organization can give root a password again (`sts:AssumeRoot` with `IAMCreateRootUserPassword`); then it is `credentials: "own"`.',
  since: "0.2.0",
});

/** Whoever relies on root has a root user with credentials. */
export const rootCanRecover: EnvironmentRule = (environment) => {
  const { recovery, root } = environment;
  if (root.credentials !== "central" || typeof recovery !== "object") return [];
  return [
    violationAt(environment, ["recovery", "root"], ROOT_CANNOT_RECOVER, {
      expected: "a root user with a password and MFA of its own, to recover by",
      got: 'root.credentials: "central", so the account has none',
      remedy: 'declare recovery as "second-device", "oidc" or "break-glass-user"',
    }),
  ];
};
