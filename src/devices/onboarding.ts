import { type DeviceFacts, KEY_SLOTS } from "../credentials/device-facts";

/** What leads from a user to a working role session, in this order. */
export const ONBOARDING_STEPS = ["user", "key", "mfa", "session", "rotation", "roles"] as const;

export type OnboardingStepName = (typeof ONBOARDING_STEPS)[number];

export interface OnboardingStep {
  readonly step: OnboardingStepName;
  readonly state: "done" | "to-do" | "blocked";
  /** What is there, or what will be done, in one sentence. */
  readonly because: string;
}

/**
 * What is left to do until a device works, from the state of the account alone: a run that was broken off goes on where
 * it stopped.
 *
 * The first key was made by somebody, perhaps on another machine, before there was MFA. So it counts as rotated once an
 * active key is younger than the MFA device.
 */
export function onboardingSteps(
  { keys, mfa, stored }: DeviceFacts,
  userName: string,
): readonly OnboardingStep[] {
  if (keys === undefined) {
    return ONBOARDING_STEPS.map((step) => ({
      step,
      state: "blocked",
      because:
        step === "user"
          ? `there is no IAM user ${userName} yet: deploy the identity stack first`
          : "waits for the user",
    }));
  }
  const active = keys.filter((key) => key.active);
  const rotated = mfa.state === "enrolled" && active.some(({ createDate }) => createDate > mfa.since);
  const key = keyStep({ keys, mfa, stored });
  const blocked = key.state === "blocked";
  const later = (step: OnboardingStepName, because: string): OnboardingStep =>
    blocked ? { step, state: "blocked", because: "waits for the key" } : { step, state: "to-do", because };
  return [
    { step: "user", state: "done", because: `IAM user ${userName} exists` },
    key,
    mfaStep(mfa),
    later("session", "ask STS for a session with MFA, until it takes the new device's codes"),
    rotated
      ? { step: "rotation", state: "done", because: "the active key is younger than the MFA device" }
      : later("rotation", "make a second key with that session, hand it over, and delete the first"),
    later("roles", "ask STS who we are, through each role"),
  ];
}

function keyStep({ keys = [], stored }: DeviceFacts): OnboardingStep {
  const active = keys.filter((key) => key.active);
  if (stored !== undefined && active.some(({ accessKeyId }) => accessKeyId === stored)) {
    return { step: "key", state: "done", because: "the key store of this machine holds an active key" };
  }
  const orphan = active.find(({ lastUsed }) => lastUsed === undefined);
  if (active.length === 0 && keys.length < KEY_SLOTS) {
    return { step: "key", state: "to-do", because: "make an access key and hand it over" };
  }
  if (orphan !== undefined) {
    return {
      step: "key",
      state: "blocked",
      because:
        "there is an active key that was never used and that this machine does not hold: run it where the key is, or replace it with --replace-key",
    };
  }
  if (active.length === 0) {
    return {
      step: "key",
      state: "blocked",
      because: "both key slots hold inactive keys: delete one, or reactivate one (keys reactivate)",
    };
  }
  return {
    step: "key",
    state: "blocked",
    because:
      "there is an active key in use that this machine does not hold: this device works somewhere else already; a second machine is a second device",
  };
}

function mfaStep(mfa: DeviceFacts["mfa"]): OnboardingStep {
  switch (mfa.state) {
    case "enrolled":
      return { step: "mfa", state: "done", because: "an MFA device of the user's name is enrolled" };
    case "another":
      return {
        step: "mfa",
        state: "blocked",
        because:
          "an MFA device of another name is enrolled, and profiles name the one called after the user: deactivate it with MFA first",
      };
    case "abandoned":
      return {
        step: "mfa",
        state: "to-do",
        because:
          "delete the MFA device that was made and never enrolled, make a new one, and enrol it by two codes",
      };
    case "none":
      return {
        step: "mfa",
        state: "to-do",
        because: "make an MFA device, show its QR code, and enrol it by two codes",
      };
  }
}
