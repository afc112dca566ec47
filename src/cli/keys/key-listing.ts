import { days } from "../../credentials/days";
import { inZone } from "../../environment/next-run";
import type { Listing } from "../listing";
import type { KeyList, ListedKey } from "./key-list";

const TONIGHT: Readonly<Record<ListedKey["decision"], string>> = {
  keep: "keeps",
  deactivate: "deactivates",
  "keep-for-now": "keeps for now",
  "keep-last": "keeps as the last one",
  "already-inactive": "leaves inactive",
  undecided: "cannot decide",
};

/** The keys of one environment, in words. */
export function keyListing(list: KeyList): Listing {
  const {
    environment,
    accountId,
    nextRun,
    timeZone,
    dryRun,
    keys,
    usersWithoutKeys,
    quarantined,
    cutoffs,
    unanswered,
  } = list;
  const run =
    nextRun === undefined || timeZone === undefined ? "none is scheduled" : inZone(nextRun, timeZone);
  return {
    title: `Access keys of environment ${environment}, account ${accountId}`,
    facts: [["Next run", dryRun && nextRun !== undefined ? `${run}; it runs dry: it only reports` : run]],
    head: ["user", "kind", "key", "status", "age", "last used", "next run", "why"],
    rows: keys.map((key) => [
      key.userName,
      key.kind,
      key.key,
      key.inactiveDaysAtMost === undefined
        ? key.status
        : `${key.status}, ${days(key.inactiveDaysAtMost)} at most`,
      days(key.ageDays),
      key.lastUsed ?? "not known",
      TONIGHT[key.decision],
      key.because,
    ]),
    notes: [
      ...quarantined.map(
        ({ userName, policy }) =>
          `quarantined by AWS: user ${userName} (${policy}), whose key it found in public; end keys and sessions: baseline respond ${userName} --reason "..."`,
      ),
      ...cutoffs.map(
        ({ userName, before }) =>
          `a response ended the sessions of ${userName === undefined ? "everybody" : `user ${userName}`} that began before ${before.toISOString()}; lift it: baseline respond ${userName ?? "--everybody"} --lift`,
      ),
      ...(keys.length === 0 ? ["no access key under the environment's paths"] : []),
      ...(usersWithoutKeys.length > 0 ? [`users without a key: ${usersWithoutKeys.join(", ")}`] : []),
      ...unanswered.map((question) => `IAM did not answer: ${question}`),
    ],
  };
}
