import { accept } from "../../src/proofs/acceptance";
import type { AcceptedException, Expectation } from "../../src/proofs/world/expectation";
import type { BrokenProof } from "../../src/proofs/world/proof";
import { NOW } from "../builders/environment";

const broken: BrokenProof = {
  proof: "no-privilege-escalation",
  method: "iam:UpdateAssumeRolePolicy",
  environment: "prod",
  subject: "role/deploy",
  message: "role/deploy comes to administrator rights",
  remedy: "take it away",
  unknowns: [],
};

const exception = (difference: Partial<AcceptedException> = {}): AcceptedException => ({
  finding: "no-privilege-escalation",
  subject: "role/deploy",
  reason: "the apply role manages IAM",
  expires: "2026-12-31",
  ...difference,
});

function expectation(...accepted: readonly AcceptedException[]): Expectation {
  return {
    environment: "prod",
    accountId: "111122223333",
    partition: "aws",
    root: "/baseline/",
    networks: [],
    vpcs: [],
    users: [],
    groups: [],
    roles: [],
    accepted,
  };
}

test.each([
  ["by proof", exception()],
  ["by proof and method", exception({ finding: "no-privilege-escalation/iam:UpdateAssumeRolePolicy" })],
  ["on its last day", exception({ expires: "2026-11-23" })],
])("an exception %s sets a broken proof aside", (_how, one) => {
  const { reason, expires } = one;
  expect(accept([broken], [expectation(one)], NOW)).toEqual({
    broken: [],
    accepted: [{ broken, reason, expires }],
    notes: [],
  });
});

test.each([
  ["another subject", exception({ subject: "role/deployer" })],
  ["another method", exception({ finding: "no-privilege-escalation/iam:PutRolePolicy" })],
  ["another proof", exception({ finding: "ci-stays-in-ci" })],
])("refuses an exception for %s, and notes that it matches nothing", (_what, one) => {
  const result = accept([broken], [expectation(one)], NOW);
  expect(result.broken).toEqual([broken]);
  expect(result.notes).toHaveLength(1);
});

test("an exception that expired yesterday sets nothing aside, and the proof says so", () => {
  const result = accept([broken], [expectation(exception({ expires: "2026-11-22" }))], NOW);
  expect(result.broken).toMatchObject([{ message: expect.stringContaining("expired on 2026-11-22") }]);
  expect(result.notes).toEqual([]);
});

test("refuses the exception of another environment", () => {
  const other = { ...expectation(exception()), environment: "dev" };
  expect(accept([broken], [expectation(), other], NOW).broken).toEqual([broken]);
});

test("an exception for a rule of another command is not its business", () => {
  expect(accept([], [expectation(exception({ finding: "password-enabled" }))], NOW).notes).toEqual([]);
});
