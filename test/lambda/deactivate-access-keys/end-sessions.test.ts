import { readSessionCutoff } from "../../../src/policies/session-cutoff-policy";
import { runOver } from "../../support/deactivation-run";
import { FakeIam } from "../../support/fake-iam";
import { FakeResponseIam, fault } from "../../support/fake-response-iam";

// Two noisy cores are ten times slower than one quiet one.
jest.setTimeout(30_000);

const variables = { CUTOFF_POLICY_ARN: "arn:aws:iam::111122223333:policy/baseline/baseline-session-cutoff" };
const created = new Date("2026-11-01T00:00:00Z");

/** Two users, of whom one has an active key, and the policy of cut sessions. */
function account(before: FakeResponseIam["before"] = () => {}) {
  const policy = new FakeResponseIam({});
  policy.before = before;
  const users = new FakeIam([
    {
      userName: "laptop",
      path: "/baseline/device/",
      userId: "AIDALAPTOPLAPTOP1234",
      keys: [{ accessKeyId: "AKIAIOSFODNN7EXAMPLE", status: "Active", createDate: created }],
    },
    {
      userName: "desk",
      path: "/baseline/device/",
      keys: [{ accessKeyId: "AKIAI44QH8DHBEXAMPLE", status: "Inactive", createDate: created }],
    },
  ]);
  const mount: FakeIam["mount"] = (mock) => {
    policy.mount(mock);
    users.mount(mock);
  };
  return { policy, users, both: Object.assign(Object.create(users), { mount }) as FakeIam };
}

test("ends the sessions of those whose keys it deactivated, and of nobody else", async () => {
  const { policy, users, both } = account();
  const { error, notifications, output } = await runOver(both, { variables });
  expect(error).toBeUndefined();
  expect(users.keyOf("laptop").status).toBe("Inactive");
  const [cutoff, ...others] = readSessionCutoff(policy.document) ?? [];
  expect([cutoff, others]).toEqual([
    { userName: "laptop", userId: "AIDALAPTOPLAPTOP1234", before: expect.any(Date) },
    [],
  ]);
  expect(notifications[0]?.message).toContain("Their sessions are denied, too.");
  expect(output).toContain("ending sessions");
  expect(output).not.toMatch(/A(KIA|SIA|IDA|ROA)[A-Z0-9]{12,}/);
});

test("ends none where it is not asked to, and says so", async () => {
  const { policy, both } = account();
  const { notifications } = await runOver(both);
  expect(policy.calls).toEqual([]);
  expect(notifications[0]?.message).toContain("Sessions that began before stay valid");
});

test("a dry run ends none", async () => {
  const { policy, both } = account();
  await runOver(both, { variables: { ...variables, DRY_RUN: "true" } });
  expect(policy.calls).toEqual([]);
});

test("what could not be ended is a failure of the run, with what to do", async () => {
  const { users, both } = account((call) => {
    if (call === "CreatePolicyVersion") throw fault("AccessDenied");
  });
  const { error, notifications } = await runOver(both, { variables });
  expect(error?.name).toBe("IncompleteRunError");
  expect(users.keyOf("laptop").status).toBe("Inactive");
  expect(notifications[0]?.message).toMatch(/could not be ended: AccessDenied[\s\S]*baseline respond USER/);
});
