import { withAuthors } from "../../src/drift/authors";
import type { DriftFinding } from "../../src/drift/drift-finding";

const finding = (address: string, resourceName?: string): DriftFinding => ({
  rule: "policy-attached",
  severity: "high",
  address,
  message: "Something is there.",
  remedy: "Take it away.",
  ...(resourceName !== undefined && { trail: { resourceName, events: ["AttachUserPolicy"] } }),
});
const at = new Date("2026-11-25T03:00:00Z");

test("equal questions are asked once, and one call is told once", async () => {
  const asked: (string | undefined)[] = [];
  const { findings, notKnown } = await withAuthors(
    [finding("user/a/x", "a"), finding("user/a/y", "a"), finding("user/b/x", "b"), finding("z")],
    {
      lastChange: async (name) => {
        asked.push(name);
        return { by: "arn:aws:iam::111122223333:user/mallory", at, event: "AttachUserPolicy" };
      },
    },
  );
  expect(asked).toEqual(["a", "b"]);
  expect(findings.filter(({ message }) => message.includes("mallory"))).toHaveLength(1);
  expect(notKnown).toBeUndefined();
});

test("what is not known is told once for all", async () => {
  const { findings, notKnown } = await withAuthors([finding("user/a", "a"), finding("user/b", "b")], {
    lastChange: async () => ({ notKnown: "CloudTrail did not answer: AccessDenied" }),
  });
  expect(findings.map(({ message }) => message)).toEqual(["Something is there.", "Something is there."]);
  expect(notKnown).toBe("not known of 2 findings: CloudTrail did not answer: AccessDenied");
});
