import type { KeyOwner } from "../credentials/access-key";
import { withCutoff } from "../policies/cutoff";
import { PROPAGATION_MS } from "../policies/session-length";
import type { CutoffStore } from "./response-deps";

/** Denies the sessions of some users that began up to now, in one version of the policy. */
export async function endSessions(store: CutoffStore, users: readonly KeyOwner[], now: Date): Promise<void> {
  const before = new Date(Math.ceil((now.getTime() + PROPAGATION_MS) / 1000) * 1000);
  await store.change((cutoffs) =>
    users.reduce(
      (all, { userName, userId }) =>
        withCutoff(all, { userName, before, ...(userId !== undefined && { userId }) }, now),
      cutoffs,
    ),
  );
}
