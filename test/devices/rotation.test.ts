import type { KeyFact } from "../../src/credentials/device-facts";
import { onboardingSteps } from "../../src/devices/onboarding";
import { planRotation, racesRun } from "../../src/devices/rotation";

const key = (accessKeyId: string, day: number, difference: Partial<KeyFact> = {}): KeyFact => ({
  accessKeyId,
  active: true,
  createDate: new Date(Date.UTC(2026, 10, day)),
  lastUsed: undefined,
  ...difference,
});
const used = { lastUsed: new Date("2026-11-20T00:00:00Z") };

describe("where a rotation begins", () => {
  test.each<[string, readonly KeyFact[], string | undefined, object]>([
    ["one key, which is held", [key("A", 1)], "A", { kind: "rotate" }],
    [
      "an older key beside the held one",
      [key("A", 1), key("B", 2)],
      "B",
      { kind: "finish", old: { accessKeyId: "A" } },
    ],
    [
      "a younger key that was never used",
      [key("A", 1), key("B", 2)],
      "A",
      { kind: "rotate", discard: { accessKeyId: "B" } },
    ],
    [
      "a younger key that is in use",
      [key("A", 1), key("B", 2, used)],
      "A",
      { kind: "refused", got: /in use$/ },
    ],
    [
      "a younger key that was ended after use",
      [key("A", 1), key("B", 2, { ...used, active: false })],
      "A",
      { kind: "refused", got: /inactive/ },
    ],
    ["no held key", [key("A", 1)], undefined, { kind: "refused", got: "none in it" }],
    ["a held key that is gone", [key("A", 1)], "B", { kind: "refused", got: /deleted/ }],
    [
      "an inactive held key",
      [key("A", 1, { active: false })],
      "A",
      { kind: "refused", got: "an inactive one" },
    ],
    // the check of two is not atomic in IAM: three are met
    ["three keys", [key("A", 1), key("B", 2), key("C", 3)], "A", { kind: "refused", got: "3" }],
  ])("with %s", (_what, keys, stored, plan) => {
    const made = planRotation(keys, stored);
    for (const [name, expected] of Object.entries(plan)) {
      const actual = made[name as keyof typeof made] as unknown;
      if (expected instanceof RegExp) expect(actual).toMatch(expected);
      else if (typeof expected === "object") expect(actual).toMatchObject(expected);
      else expect(actual).toBe(expected);
    }
  });

  test.each([
    ["14:59 before", -14 - 59 / 60, true],
    ["exactly 15 minutes before", -15, false],
    ["exactly 15 minutes after", 15, false],
    ["a second less", 15 - 1 / 60, true],
  ])("is too near to a run %s", (_when, minutes, near) => {
    const run = new Date("2026-11-23T15:00:00Z");
    const now = new Date(run.getTime() + minutes * 60_000);
    const race = minutes < 0 ? racesRun(now, undefined, run) : racesRun(now, run, undefined);
    expect(race !== undefined).toBe(near);
  });
});

describe("what is left of an onboarding", () => {
  const states = (...facts: Parameters<typeof onboardingSteps>) =>
    onboardingSteps(...facts).map(({ step, state }) => `${step} ${state}`);
  const mfa = { state: "enrolled", since: new Date("2026-11-10T00:00:00Z") } as const;

  test("is all of it without a user", () => {
    expect(
      new Set(
        states({ keys: undefined, mfa: { state: "none" }, stored: undefined }, "x").map(
          (one) => one.split(" ")[1],
        ),
      ),
    ).toEqual(new Set(["blocked"]));
  });
  test("holds no rotation where the held key is younger than the MFA device", () => {
    expect(states({ keys: [key("A", 11)], mfa, stored: "A" }, "x")).toContain("rotation done");
    expect(states({ keys: [key("A", 9)], mfa, stored: "A" }, "x")).toContain("rotation to-do");
  });
  test.each<[string, Parameters<typeof onboardingSteps>[0], RegExp]>([
    [
      "a key in use elsewhere",
      { keys: [key("A", 1, used)], mfa, stored: undefined },
      /a second machine is a second device/,
    ],
    [
      "two inactive keys",
      { keys: [key("A", 1, { active: false }), key("B", 2, { active: false })], mfa, stored: undefined },
      /both key slots/,
    ],
    [
      "an MFA device of another name",
      { keys: [], mfa: { state: "another", serial: "x" }, stored: undefined },
      /another name/,
    ],
  ])("is blocked by %s", (_what, facts, because) => {
    const blocked = onboardingSteps(facts, "x").filter(({ state }) => state === "blocked");
    expect(blocked[0]?.because).toMatch(because);
  });
  test("is a first key beside an inactive one", () => {
    expect(states({ keys: [key("A", 1, { active: false })], mfa, stored: undefined }, "x")).toContain(
      "key to-do",
    );
  });
});
