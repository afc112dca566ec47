import { draftedAcceptances, mendingSteps } from "../../src/import/mending";
import { PROOF_RULES } from "../../src/proofs/proof-rules";
import type { BrokenProof } from "../../src/proofs/world/proof";

const broken = (proof: string, subject: string, difference: Partial<BrokenProof> = {}): BrokenProof => ({
  proof,
  subject,
  environment: "prod",
  message: `${subject} breaks ${proof}`,
  remedy: "mend it",
  unknowns: [],
  ...difference,
});

test("the worst comes first, one step for each proof and subject", () => {
  const steps = mendingSteps([
    broken("people-can-work", "user/anna"),
    broken("no-privilege-escalation", "user/ben", { method: "iam:PutUserPolicy" }),
    broken("users-need-mfa", "user/anna"),
    broken("no-privilege-escalation", "user/ben", { method: "iam:CreateAccessKey" }),
    broken("administrator-paths", "role/admin"),
  ]);
  expect(steps.map(({ order, proof, subject, more }) => [order, proof, subject, more])).toEqual([
    [1, "administrator-paths", "role/admin", 0],
    [2, "no-privilege-escalation", "user/ben", 1],
    [3, "users-need-mfa", "user/anna", 0],
    [4, "people-can-work", "user/anna", 0],
  ]);
  expect(steps[1]?.step).toContain("iam:PutUserPolicy, iam:CreateAccessKey");
});

test("a step names every policy that a user holds itself", () => {
  const held = (name: string) =>
    broken("users-are-declared", "user/anna", { message: `anna holds policy ${name} itself (x)` });
  expect(mendingSteps([held("a"), held("b")])[0]?.step).toBe(
    "detach a, b from user/anna: give them to a role that it assumes with MFA",
  );
});

test("every step is drafted as an exception until a day", () => {
  const steps = mendingSteps([broken("users-need-mfa", "user/anna")]);
  expect(draftedAcceptances(steps, { on: "2026-11-23", until: "2027-02-21" })).toEqual([
    {
      finding: "users-need-mfa",
      subject: "user/anna",
      reason: "was so when the account was imported on 2026-11-23",
      expires: "2027-02-21",
    },
  ]);
});

test("every proof has its place in the order", () => {
  const ids = PROOF_RULES.map(({ id }) => id).filter((id) => id !== "weakness-declared");
  const worst = mendingSteps([...ids, "a-proof-of-tomorrow"].map((id) => broken(id, "user/anna")));
  expect(worst[0]?.proof).toBe("a-proof-of-tomorrow");
  expect(worst[1]?.proof).toBe("administrator-paths");
});
