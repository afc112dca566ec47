import { type EnvironmentRule, violationAt } from "./rule";

/** Whoever relies on root has a root user with credentials. */
export const rootCanRecover: EnvironmentRule = (environment) => {
  const { recovery, root } = environment;
  if (root.credentials !== "central" || typeof recovery !== "object") return [];
  return [
    violationAt(environment, ["recovery", "root"], {
      expected: "a root user with a password and MFA of its own, to recover by",
      got: 'root.credentials: "central", so the account has none',
      remedy:
        'declare recovery as "second-device", "oidc" or "break-glass-user"; the organization can give root a password again (sts:AssumeRoot with IAMCreateRootUserPassword)',
    }),
  ];
};
