import { allow } from "../../src/environment/policy-statement";
import { BrokenProofsError } from "../../src/proofs/broken-proofs-error";
import { formatBrokenProofs, formatDeclared } from "../../src/proofs/format-proofs";
import { requireProofs } from "../../src/proofs/prove-stacks";
import { validateBaseline } from "../../src/proofs/validate-baseline";
import { ciGroup, environment, NOW } from "../builders/environment";
import { synthesize } from "../support/synthesize";
import { proven } from "./proven";

const careless = environment({
  ciGroups: { deployers: ciGroup({ statements: [allow("iam:CreateUser", "*")] }) },
});
const text = formatBrokenProofs(proven(careless).broken);

test.each([
  ["which proof, where and of whom", "prod: ci-stays-in-ci: user/octo.website"],
  ["who", "who: arn:aws:iam::111122223333:user/baseline/ci/octo.website"],
  ["with which credentials", "with: an access key without MFA"],
  ["from where", "from: address 192.0.2.77"],
  ["what", "could do: iam:CreateUser on"],
  ["through which statement", "Allow statement 1 of inline policy baseline-ci"],
  [
    "where it is attached",
    "on arn:aws:iam::111122223333:group/baseline/deployers, attached by aws_iam_group_policy.",
  ],
  ["what to do", "to do: list the few actions that the repository needs"],
])("a broken proof says %s", (_what, words) => {
  expect(text).toContain(words);
});

test("a broken proof is plain text", () => {
  expect(["<", ">", "\u001B", "\uFFFD"].filter((mark) => text.includes(mark))).toEqual([]);
});

test("broken proofs are an error that counts them and says that nothing was written", () => {
  const stacks = [...synthesize(careless)].map(([name, { json }]) => ({ name, configuration: json }));
  const attempt = () => requireProofs(stacks, validateBaseline([careless], NOW), NOW);
  expect(attempt).toThrow(BrokenProofsError);
  expect(attempt).toThrow("1 proof does not hold, nothing was written:");
  expect(attempt).toThrow('accepted: [{ finding: "ci-stays-in-ci", subject: "user/octo.website", reason');
});

test("an accepted exception lets the stacks through, and the report lists it with its reason and end", () => {
  const accepted = {
    finding: "ci-stays-in-ci",
    subject: "user/octo.website",
    reason: "moves to OIDC",
    expires: "2026-12-31",
  };
  const report = proven({ ...careless, accepted: [accepted] });
  expect(report.broken).toEqual([]);
  expect(formatDeclared(report)).toContain(
    "prod: accepted until 2026-12-31: ci-stays-in-ci of user/octo.website",
  );
  expect(formatDeclared(report)).toContain("(moves to OIDC)");
});

test("a broken proof names file and key of what it is about and of what grants it", () => {
  expect(text).toContain(
    "where: environments/prod.ts: repositories.octo/website, environments/prod.ts: ciGroups.deployers",
  );
});
