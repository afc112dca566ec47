/**
 * Rules of your own, for every environment of `environments/`: an example to copy and to change. The proofs hold at each
 * synthesis as they are; here goes what only you ask of your accounts. A rule asks the access model, so it judges by what
 * would be allowed and not by how a policy is written.
 */
import { environments as inputs } from "../../environments";
import { IamArns } from "../../src/environment/arns";
import type { Environment } from "../../src/environment/environment";
import { type CompiledGraph, compileGraph, evaluate } from "../../src/iam/evaluate";
import type { AccessRequest } from "../../src/iam/request";
import { graphOfStacks, requireProofs } from "../../src/proofs/prove-stacks";
import { validateBaseline } from "../../src/proofs/validate-baseline";
import { addBaseline } from "../../src/stacks/baseline";
import { renderedStacks } from "../../src/stacks/synthesize";

const now = new Date();
const environments = validateBaseline(inputs, now);
const stacks = renderedStacks((app) => addBaseline(app, environments));
const graph = graphOfStacks(stacks);
const compiled: CompiledGraph = compileGraph(graph);

const WITH_MFA = { kind: "session-token", mfaAgeSeconds: 60 } as const;

/** What the access model answers: `Allowed`, `ExplicitDeny`, `ImplicitDeny` or `Unknown`. */
function answer(
  principal: string,
  action: string,
  resource: string,
  rest: Pick<AccessRequest, "credentials" | "network">,
): string {
  return evaluate({ principal, action, resource, ...rest }, compiled).effect;
}

test("the stacks are valid, and every proof holds or is accepted until a day that lies ahead", () => {
  expect(() => requireProofs(stacks, environments, now)).not.toThrow();
});

describe.each(environments.map((environment) => [environment.name, environment] as const))(
  "in %s",
  (_name, environment) => {
    const devices = graph.users.filter(
      ({ accountId, path }) =>
        accountId === environment.accountId && path === new IamArns(environment).paths.device,
    );

    test("no device reads data as itself, from the office and with MFA", () => {
      const network = officeOf(environment);
      for (const { arn } of devices) {
        for (const action of ["s3:GetObject", "dynamodb:Scan", "secretsmanager:GetSecretValue"]) {
          expect([arn, action, answer(arn, action, "*", { credentials: WITH_MFA, network })]).not.toContain(
            "Allowed",
          );
        }
      }
    });

    test("a stolen key without its MFA device makes nothing and reads nothing", () => {
      const network = officeOf(environment);
      for (const { arn } of devices) {
        const credentials = { kind: "long-term-key" } as const;
        for (const action of ["iam:CreateAccessKey", "iam:CreateUser", "s3:ListAllMyBuckets"]) {
          expect([arn, action, answer(arn, action, "*", { credentials, network })]).not.toContain("Allowed");
        }
      }
    });

    test("nobody's session of a role lasts longer than four hours", () => {
      const longest = graph.roles
        .filter(({ accountId }) => accountId === environment.accountId)
        .filter(({ maxSessionDuration }) => maxSessionDuration > 4 * 3600);
      expect(longest.map(({ name }) => name)).toEqual([]);
    });
  },
);

/** An address of the first network that people work from. */
function officeOf({ allowedNetworks: [network = "203.0.113.0/24"] }: Environment): AccessRequest["network"] {
  return { sourceIp: network.slice(0, network.indexOf("/")) };
}
