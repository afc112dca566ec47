import { IAMClient } from "@aws-sdk/client-iam";
import { type DeviceCredentials, deviceCredentials, type SecretKey } from "../../aws/device-credentials";
import { deviceSessions, type Session } from "../../aws/device-sessions";
import { limitRequests, PATIENT_LIMITS } from "../../aws/request-limits";
import { describeError } from "../../aws/sdk-error";
import type { DeviceFacts } from "../../credentials/device-facts";
import { DEVICE_STEP_REFUSED, TERMINAL_MISSING } from "../../devices/action-refusals";
import { callerOfArn } from "../../devices/callers";
import type { Holder } from "../../devices/holder";
import { type OnboardingStep, type OnboardingStepName, onboardingSteps } from "../../devices/onboarding";
import { permissionOf } from "../../devices/onboarding-permissions";
import type { Permission } from "../../devices/permission";
import { mfaSerialOf, sessionNameOf, sessionSeconds } from "../../devices/profiles";
import { assumedRoles } from "../../devices/role-arns";
import type { Environment } from "../../environment/environment";
import { maskAccessKeyId } from "../../findings/mask";
import { Refusal } from "../../findings/refusal";
import { connect } from "../aws-account";
import type { CommandContext } from "../command";
import type { Interaction } from "../interaction";
import type { Log } from "../keys/log-line";
import { baseProfile } from "./base-profile";
import { Codes } from "./codes";
import { declaredGraph } from "./declared-graph";
import { type HandOver, keyStore } from "./key-store";
import { enrolMfa } from "./mfa-enrolment";
import { openSession } from "./open-session";
import { replaceKey } from "./replace-key";
import { isUnknownKey, whenKnown } from "./retrying";
import { roleSuffixes, type SuffixSources } from "./role-suffixes";

export interface OnboardRequest extends SuffixSources {
  readonly to: HandOver;
  readonly pipe: string | undefined;
  readonly profile: string | undefined;
  /** Delete an active key that was never used and that nobody holds, and make another. */
  readonly replaceKey: boolean;
  readonly showSeed: boolean;
  /** Do the steps; otherwise only tell them. */
  readonly yes: boolean;
}

/** A step with what the declared policies say of it before it is made. */
export interface PlannedStep extends OnboardingStep {
  readonly permission?: Permission;
}

export interface Onboarding {
  readonly device: string;
  readonly environment: string;
  readonly steps: readonly PlannedStep[];
  /** ARN of who acts through each role, by the role as the environment writes it. */
  readonly identities: Readonly<Record<string, string>>;
}

/**
 * Leads a device from its user to a working role session. What is done and what is left follows from the account and the
 * key store, so a run that was broken off goes on where it stopped.
 *
 * @throws Refusal; or the SDK's error of the call that failed
 */
export async function onboard(
  holder: Holder,
  all: readonly Environment[],
  request: OnboardRequest,
  context: CommandContext,
  talk: Interaction,
  log: Log,
): Promise<Onboarding> {
  const { environment, name: userName } = holder;
  const profile = baseProfile(holder, request.profile, request.to, context);
  const store = keyStore({ kind: request.to, profile, pipe: request.pipe }, context, talk);
  const suffixes = await roleSuffixes(holder, all, { ...request, fromAccount: true }, context);
  const roles = assumedRoles(holder, all, suffixes, `device onboard ${userName}`);
  const account = await connect(all, [environment.name], context);
  try {
    const iam = deviceCredentials(account.iam);
    const serial = mfaSerialOf(holder);
    const sameAccount = all.filter(({ accountId }) => accountId === environment.accountId);
    const caller = callerOfArn(account.caller.arn, sameAccount);
    const graph = declaredGraph(all);
    if (request.yes) await store.check();
    let key = request.yes ? await store.get() : undefined;
    const look = async (): Promise<DeviceFacts> => {
      const keys = await iam.keys(userName);
      const mfa = keys === undefined ? ({ state: "none" } as const) : await iam.mfa(userName, serial);
      return { keys, mfa, stored: key?.accessKeyId };
    };
    const plan = (facts: DeviceFacts): readonly PlannedStep[] =>
      onboardingSteps(facts, userName).map((step) =>
        step.state === "to-do"
          ? { ...step, permission: permissionOf(step.step, holder, roles, caller, graph) }
          : step,
      );
    const first = await replaceUnused(iam, userName, await look(), request, log, look);
    const steps = plan(first);
    if (!request.yes) return { device: userName, environment: environment.name, steps, identities: {} };
    refuseWhatCannotBeDone(steps, userName);
    if (steps.some(({ step, state }) => state === "to-do" && step !== "key") && !talk.isTerminal) {
      throw new Refusal(
        TERMINAL_MISSING,
        "device onboard: expected somebody at a terminal, who reads codes, got none; run it in one",
      );
    }

    const codes = new Codes(talk, userName);
    const sessions = deviceSessions(environment.region);
    const todo = (step: OnboardingStepName) =>
      steps.some((one) => one.step === step && one.state === "to-do");
    const secondsOfSession = sessionSeconds(roles);
    if (todo("key")) key = await firstKey(iam, userName, store, log);
    const own = key;
    if (todo("mfa")) {
      await enrolMfa(
        {
          userName,
          accountId: environment.accountId,
          serial,
          state: first.mfa.state,
          showSeed: request.showSeed,
        },
        iam,
        codes,
        talk,
        log,
      );
    }
    if (own === undefined)
      throw new Refusal(DEVICE_STEP_REFUSED, `device onboard ${userName}: expected its key, got none`);
    await whenKnown(talk, isUnknownKey, () => sessions.identity(own));
    const session: Session = await openSession(sessions, own, serial, secondsOfSession, codes, talk);
    log("device.session-opened", { user: userName });
    // the MFA device may be younger than the key only now
    const rotate = plan(await look()).some(({ step, state }) => step === "rotation" && state === "to-do");
    if (rotate) {
      const ownIam = limitRequests(
        new IAMClient({ region: environment.region, credentials: session }),
        PATIENT_LIMITS,
      );
      try {
        await replaceKey({ userName, old: own, iam: deviceCredentials(ownIam), sessions, store }, talk, log);
      } finally {
        ownIam.destroy();
      }
    }
    const identities: Record<string, string> = {};
    for (const role of roles) {
      const { sourceIdentity } = role.role.trust;
      const arn = await sessions.identityThrough(
        session,
        role.arn,
        sessionNameOf(holder),
        sourceIdentity ? userName : undefined,
      );
      identities[`${role.environment.name}/${role.name}`] = arn;
      log("device.role-assumed", { user: userName, role: role.arn });
    }
    return {
      device: userName,
      environment: environment.name,
      steps: steps.map(({ step, because }) => ({ step, state: "done", because })),
      identities,
    };
  } finally {
    account.close();
  }
}

/** Makes the first key and hands it over; what is not taken goes again. */
async function firstKey(
  iam: DeviceCredentials,
  userName: string,
  store: { readonly name: string; put(key: SecretKey): Promise<void> },
  log: Log,
): Promise<SecretKey> {
  const key = await iam.createKey(userName);
  log("device.key-made", { user: userName, key: maskAccessKeyId(key.accessKeyId) });
  try {
    await store.put(key);
  } catch (error) {
    await iam.deleteKey(userName, key.accessKeyId);
    log("device.undone", {
      user: userName,
      key: maskAccessKeyId(key.accessKeyId),
      because: describeError(error),
    });
    throw error;
  }
  log("device.key-handed-over", { user: userName, to: store.name });
  return key;
}

/** With `--replace-key`: takes away the one key that was never used and that this machine does not hold. */
async function replaceUnused(
  iam: DeviceCredentials,
  userName: string,
  facts: DeviceFacts,
  { replaceKey: asked, yes }: OnboardRequest,
  log: Log,
  look: () => Promise<DeviceFacts>,
): Promise<DeviceFacts> {
  const orphan = facts.keys?.find(
    ({ active, lastUsed, accessKeyId }) => active && lastUsed === undefined && accessKeyId !== facts.stored,
  );
  if (!asked || !yes || orphan === undefined) return facts;
  await iam.deleteKey(userName, orphan.accessKeyId);
  log("device.key-deleted", {
    user: userName,
    key: maskAccessKeyId(orphan.accessKeyId),
    because: "it was never used, and is replaced",
  });
  return look();
}

function refuseWhatCannotBeDone(steps: readonly PlannedStep[], userName: string): void {
  const blocked = steps.find(({ state }) => state === "blocked");
  if (blocked !== undefined) {
    throw new Refusal(
      DEVICE_STEP_REFUSED,
      `device onboard ${userName}: step ${blocked.step}: ${blocked.because}; nothing was changed`,
    );
  }
  for (const { step, permission } of steps) {
    if (permission?.answer !== "denied") continue;
    throw new Refusal(
      DEVICE_STEP_REFUSED,
      `device onboard ${userName}: step ${step}: ${permission.call.action} on ${permission.call.resource} will be refused: ${permission.because}; use credentials that may (aws-vault exec <environment>-admin -- ...); nothing was changed`,
    );
  }
}
