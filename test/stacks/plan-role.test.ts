import { s3 } from "../../src/environment/backend";
import type { EnvironmentInput } from "../../src/environment/environment";
import { planRole } from "../../src/environment/role-presets";
import { proveStacks } from "../../src/proofs/prove-stacks";
import { validateBaseline } from "../../src/proofs/validate-baseline";
import { environment, NOW } from "../builders/environment";
import { synthesize } from "../support/synthesize";

const github = { repository: "octo/iam-baseline", environment: "drift" };
const withPlanRole = (more: Parameters<typeof planRole>[0]): EnvironmentInput => {
  const given = environment();
  return environment({
    backend: s3({ bucket: "octo-state", region: "eu-central-1", createBucket: true }),
    account: { githubOidcProvider: {} },
    roles: { ...given.roles, plan: planRole(more) },
  });
};

/** Proofs of an environment's stacks that do not hold. */
function broken(input: EnvironmentInput): readonly string[] {
  const stacks = [...synthesize(input).values()].map(({ name, json }) => ({ name, configuration: json }));
  return proveStacks(stacks, validateBaseline([input], NOW), NOW).broken.map(({ proof }) => proof);
}

test("an environment with a plan role holds every proof", () => {
  expect(broken(withPlanRole({ github }))).toEqual([]);
});

test("a plan role that may change IAM besides breaks one", () => {
  const statements = [{ Effect: "Allow" as const, Action: "iam:PutUserPolicy", Resource: "*" }];
  expect(broken(withPlanRole({ github, statements }))).toContain("ci-stays-in-ci");
});
