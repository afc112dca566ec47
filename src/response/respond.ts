import type { AccessKey } from "../credentials/access-key";
import { describeError } from "../findings/describe-error";
import { maskAccessKeyId } from "../findings/mask";
import { type Cutoff, cutoffOf, isInForce, withCutoff } from "../policies/cutoff";
import { PROPAGATION_MS } from "../policies/session-length";
import { persist } from "./persist";
import type { CutoffState, ResponseDeps } from "./response-deps";

/** Whose keys and sessions are ended, and why. */
export interface ResponseRequest {
  readonly userName: string;
  readonly reason: string;
  /**
   * When it happened that AWS tells of; absent for a person's call, which is always done. What a response has covered
   * already is not done again by the same news that comes twice or late.
   */
  readonly happenedAt?: Date | undefined;
  /** Sessions of roles tell whose they are, so that one user's can be ended; else everybody's are. */
  readonly oneByOne: boolean;
}

export interface KeyOutcome {
  /** `****ABCD` */
  readonly key: string;
  readonly outcome: "deactivated" | "was-inactive" | "made-later" | "gone" | "failed";
  readonly because?: string;
}

export type SessionsOutcome =
  | { readonly kind: "cut" | "cut-before"; readonly whose: "user" | "everybody"; readonly before: Date }
  | { readonly kind: "failed"; readonly because: string }
  /** The environment has no policy of cut sessions. */
  | { readonly kind: "no-policy" };

export interface ResponseResult {
  readonly userName: string;
  readonly reason: string;
  readonly begunAt: Date;
  readonly endedAt: Date;
  /** No such user is there. */
  readonly userIsGone: boolean;
  readonly keys: readonly KeyOutcome[];
  readonly sessions: SessionsOutcome;
  /** The policy held something else than a response writes; it was written over. */
  readonly policyWasForeign: boolean;
  /** What else could not be done. */
  readonly problems: readonly string[];
}

/** Tries of a question whose answer only helps. */
const FEW_TRIES = 2;

/**
 * Ends a user's keys, and denies its sessions. Keys and sessions go side by side: neither waits for the other's faults.
 * Everything is logged before it is done, and may be done again at any time.
 */
export async function respond(deps: ResponseDeps, request: ResponseRequest): Promise<ResponseResult> {
  const begunAt = deps.now();
  const { userName, reason } = request;
  deps.log("response begins", { userName, reason });
  const covered = await coveredBy(deps, request);
  const [keys, sessions] = await Promise.all([
    endKeys(deps, request, covered),
    covered === undefined ? cutSessions(deps, request) : cutBefore(covered),
  ]);
  return {
    userName,
    reason,
    begunAt,
    endedAt: deps.now(),
    userIsGone: keys.userIsGone,
    keys: keys.outcomes,
    sessions: sessions.outcome,
    policyWasForeign: sessions.isForeign,
    problems: keys.problems,
  };
}

/** Whether anything was changed or failed: news that come twice change nothing. */
export function isNews({ keys, sessions, problems }: ResponseResult): boolean {
  return (
    sessions.kind !== "cut-before" ||
    problems.length > 0 ||
    keys.some(({ outcome }) => outcome === "deactivated" || outcome === "failed")
  );
}

/** Whether something is left to do. */
export function isIncomplete({ keys, sessions, problems }: ResponseResult): boolean {
  return (
    sessions.kind === "failed" || problems.length > 0 || keys.some(({ outcome }) => outcome === "failed")
  );
}

/** The cutoff of an earlier response to the same: later than what happened now. */
async function coveredBy(deps: ResponseDeps, request: ResponseRequest): Promise<Cutoff | undefined> {
  const { happenedAt, userName } = request;
  const { sessions } = deps;
  if (happenedAt === undefined || sessions === undefined) return undefined;
  try {
    const { cutoffs, isForeign } = await persist(deps, "read", () => sessions.read(), FEW_TRIES);
    const found = isForeign ? undefined : cutoffOf(cutoffs, userName);
    if (found === undefined || !isInForce(found, deps.now())) return undefined;
    return found.before >= happenedAt ? found : undefined;
  } catch (error) {
    deps.log("not known whether it was responded to", { userName, because: describeError(error) });
    return undefined;
  }
}

async function endKeys(
  deps: ResponseDeps,
  { userName }: ResponseRequest,
  covered: Cutoff | undefined,
): Promise<{ userIsGone: boolean; outcomes: readonly KeyOutcome[]; problems: readonly string[] }> {
  let keys: readonly AccessKey[] | "gone";
  try {
    keys = await persist(deps, `keys of ${userName}`, () => deps.keys.listAccessKeys(userName));
  } catch (error) {
    const because = `the keys of user ${userName} could not be listed: ${describeError(error)}`;
    deps.log("failed", { userName, because });
    return { userIsGone: false, outcomes: [], problems: [because] };
  }
  if (keys === "gone") return { userIsGone: true, outcomes: [], problems: [] };
  const outcomes = await Promise.all(keys.map((key) => endKey(deps, userName, key, covered)));
  return { userIsGone: false, outcomes, problems: [] };
}

async function endKey(
  deps: ResponseDeps,
  userName: string,
  { accessKeyId, status, createDate }: AccessKey,
  covered: Cutoff | undefined,
): Promise<KeyOutcome> {
  const key = maskAccessKeyId(accessKeyId);
  if (status !== "Active") return { key, outcome: "was-inactive" };
  // made by its owner after the response: another key, which nobody told of
  if (covered !== undefined && createDate >= covered.before) return { key, outcome: "made-later" };
  deps.log("deactivating", { userName, key });
  try {
    const done = await persist(deps, `key ${key} of ${userName}`, () =>
      deps.keys.deactivate(userName, accessKeyId),
    );
    return { key, outcome: done === "gone" ? "gone" : "deactivated" };
  } catch (error) {
    const because = describeError(error);
    deps.log("failed", { userName, key, because });
    return { key, outcome: "failed", because };
  }
}

interface Cut {
  readonly outcome: SessionsOutcome;
  readonly isForeign: boolean;
}

async function cutBefore({ userName, before }: Cutoff): Promise<Cut> {
  const whose = userName === undefined ? "everybody" : "user";
  return { outcome: { kind: "cut-before", whose, before }, isForeign: false };
}

/** Denies the sessions that began up to now, and in the seconds in which an ended key still works. */
export async function cutSessions(
  deps: Omit<ResponseDeps, "keys"> & { readonly keys: Pick<ResponseDeps["keys"], "userId"> },
  { userName, oneByOne }: Pick<ResponseRequest, "userName" | "oneByOne">,
): Promise<Cut> {
  const { sessions } = deps;
  if (sessions === undefined) return { outcome: { kind: "no-policy" }, isForeign: false };
  const userId = oneByOne ? await uniqueId(deps, userName) : undefined;
  const before = new Date(Math.ceil((deps.now().getTime() + PROPAGATION_MS) / 1000) * 1000);
  const cutoff: Cutoff = oneByOne
    ? { userName, before, ...(userId !== undefined && { userId }) }
    : { before };
  deps.log("denying sessions", { whose: cutoff.userName ?? "everybody", before: before.toISOString() });
  try {
    const state: CutoffState = await persist(deps, "sessions", () =>
      sessions.change((cutoffs) => withCutoff(cutoffs, cutoff, deps.now())),
    );
    const denied = cutoffOf(state.cutoffs, userName) ?? cutoff;
    const whose = denied.userName === undefined ? "everybody" : "user";
    return { outcome: { kind: "cut", whose, before: denied.before }, isForeign: state.isForeign };
  } catch (error) {
    const because = describeError(error);
    deps.log("failed", { userName, what: "sessions", because });
    return { outcome: { kind: "failed", because }, isForeign: false };
  }
}

/** Of a user who is gone there is none; without it the user's sessions are still denied in roles. */
async function uniqueId(
  deps: Pick<ResponseDeps, "sleep" | "remainingMs" | "log"> & {
    readonly keys: Pick<ResponseDeps["keys"], "userId">;
  },
  userName: string,
): Promise<string | undefined> {
  try {
    const id = await persist(deps, `id of ${userName}`, () => deps.keys.userId(userName), FEW_TRIES + 1);
    return id === "gone" ? undefined : id;
  } catch (error) {
    deps.log("unique id not known", { userName, because: describeError(error) });
    return undefined;
  }
}
