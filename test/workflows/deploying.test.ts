import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { EnvironmentInput } from "../../src/environment/environment";
import { adminRole, planRole } from "../../src/environment/role-presets";
import { proveStacks } from "../../src/proofs/prove-stacks";
import { validateBaseline } from "../../src/proofs/validate-baseline";
import { NOW } from "../builders/environment";
import { teamDev } from "../shipped/team-dev";
import { teamProd } from "../shipped/team-prod";
import { synthesize } from "../support/synthesize";

const ROOT = join(__dirname, "../..");
const guide = readFileSync(join(ROOT, "docs/deploying.md"), "utf8");
const workflows = readdirSync(join(ROOT, ".github/workflows"));

/** The roles that docs/deploying.md tells to declare. */
const baseline = { repository: "example-team/iam-baseline", ownerId: "123456", repositoryId: "567890" };
const prod: EnvironmentInput = {
  ...teamProd,
  roles: {
    ...teamProd.roles,
    plan: planRole({ github: { ...baseline, pullRequest: true } }),
    "plan-main": planRole({ github: { ...baseline, branch: "main" } }),
    deploy: adminRole({ github: { ...baseline, environment: "team-prod" } }),
  },
};

describe("the roles of docs/deploying.md", () => {
  const stacks = synthesize(teamDev, prod);
  const report = proveStacks(
    [...stacks.values()].map(({ name, json }) => ({ name, configuration: json })),
    validateBaseline([teamDev, prod], NOW),
    NOW,
  );
  const trustOf = (role: string): string => {
    const found = stacks
      .get("team-prod-identity")
      ?.resources.find(({ type, attributes }) => type === "aws_iam_role" && attributes["name"] === role);
    return String(found?.attributes["assume_role_policy"]);
  };

  test("all hold every proof", () => {
    expect(report.broken).toEqual([]);
  });

  test.each([
    ["plan-k7q2m9xd", "repo:example-team/iam-baseline:pull_request"],
    ["plan-main-k7q2m9xd", "repo:example-team/iam-baseline:ref:refs/heads/main"],
    ["deploy-k7q2m9xd", "repo:example-team/iam-baseline:environment:team-prod"],
  ])("%s trusts %s", (role, subject) => {
    expect(trustOf(role)).toContain(`"${subject}"`);
  });
});

test.each(workflows.filter((name) => name !== "deploy-account.yml"))("tells of %s", (name) => {
  expect(guide).toContain(`\`${name}\``);
});

test("tells of every repository variable that a workflow reads, and of no other", () => {
  const texts = workflows
    .map((name) => readFileSync(join(ROOT, ".github/workflows", name), "utf8"))
    .join("\n");
  const used = new Set([...texts.matchAll(/\bvars\.([A-Z_]+)/g)].map(([, name]) => name));
  const told = new Set([...guide.matchAll(/`([A-Z]+(?:_ROLE_ARNS|_FAIL_ON))`/g)].map(([, name]) => name));
  expect(told).toEqual(used);
});
