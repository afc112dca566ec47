import type { Cutoff } from "../../policies/cutoff";
import { isIncomplete, type ResponseResult } from "../../response/respond";
import { keyLines, sessionWords } from "../../response/words";
import type { Listing } from "../listing";

/** What was done about a user's keys and sessions, and what is left. */
export function responseListing(
  result: ResponseResult,
  environment: string,
  timeZone: string,
  elsewhere: readonly string[],
): Listing {
  const { userName, reason, begunAt, endedAt } = result;
  return {
    title: `User ${userName} of environment ${environment}: ${isIncomplete(result) ? "NOT ALL IS DONE" : "keys and sessions ended"}`,
    facts: [
      ["Reason", reason],
      ["Took", `${((endedAt.getTime() - begunAt.getTime()) / 1000).toFixed(1)} s`],
    ],
    head: [],
    rows: [],
    notes: [
      ...keyLines(result),
      `Sessions: ${sessionWords(result.sessions, timeZone)}`,
      ...result.problems.map((problem) => `Failed: ${problem}`),
      ...elsewhere.map(
        (name) =>
          `It assumes roles of environment ${name}, another account: end its sessions there, too, with credentials of that account: baseline respond ${userName} --environment ${name} --reason ${JSON.stringify(reason)}`,
      ),
      `A new key: baseline device rotate. A false alarm: baseline respond ${userName} --lift, then baseline keys reactivate ${userName}.`,
    ],
  };
}

export function liftListing(
  userName: string,
  environment: string,
  before: readonly Cutoff[],
  after: readonly Cutoff[],
): Listing {
  const own = before.filter((one) => one.userName === userName || one.userName === undefined);
  const left = after.filter((one) => one.userName === userName || one.userName === undefined);
  return {
    title: `User ${userName} of environment ${environment}: ${
      own.length === 0
        ? "no session is denied"
        : left.length === 0
          ? "sessions are no longer denied"
          : "sessions are still denied, as everybody's are"
    }`,
    facts: [],
    head: [],
    rows: [],
    notes: [
      ...(left.length > 0 ? ["To lift everybody's: baseline respond --lift --everybody"] : []),
      `Keys stay as they are: a key that leaked stays Inactive. For a false alarm: baseline keys reactivate ${userName} --reason "..."`,
    ],
  };
}
