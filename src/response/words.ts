import type { DetectionScope } from "../detection/detection-scope";
import { declaredUser, localTime, quoted, userWords } from "../detection/event/words";
import { redact } from "../findings/mask";
import type { KeyOutcome, ResponseResult, SessionsOutcome } from "./respond";
import { isIncomplete } from "./respond";

/** A response in words for people. */
export interface ResponseWords {
  /** At most a hundred characters. */
  readonly subject: string;
  readonly message: string;
}

/** What was done, how long it took, what could not be done, whom to tell, and the way back. */
export function responseWords(result: ResponseResult, scope: DetectionScope, drill: boolean): ResponseWords {
  const { userName, reason, begunAt, endedAt } = result;
  const failed = isIncomplete(result);
  const who = userWords(userName, scope);
  const seconds = ((endedAt.getTime() - begunAt.getTime()) / 1000).toFixed(1);
  const owner = declaredUser(userName, scope)?.owner;
  const lines = [
    `${drill ? "(drill) " : ""}Response for ${who}, because ${quoted(reason, 200)}.`,
    "",
    ...keyLines(result),
    `Sessions: ${sessionWords(result.sessions, scope.timeZone)}`,
    ...result.problems.map((problem) => `Failed: ${problem}`),
    ...(result.policyWasForeign
      ? [
          `The policy ${scope.namespace}-session-cutoff held something that no response writes; it was written over. Look who wrote it: CloudTrail, CreatePolicyVersion.`,
        ]
      : []),
    "",
    ...(failed
      ? [
          `NOT ALL OF IT IS DONE. Do the rest now, as an administrator: baseline respond ${userName} --reason "leaked key"`,
        ]
      : []),
    `It took ${seconds} s.`,
    owner === undefined
      ? `Tell whoever works with ${quoted(userName)}: the environment names no owner.`
      : `Tell ${owner}: the key is no longer of use, and every session has to begin anew.`,
    `Is it a false alarm? Undo it: baseline respond ${userName} --lift`,
    `What to do: ${scope.runbooks}leaked-key.md`,
  ];
  const what = failed ? "NOT COMPLETE: " : "";
  return {
    subject: redact(
      `[${scope.environment}] ${drill ? "(drill) " : ""}critical: ${what}keys and sessions of ${userName} ended`,
    ).slice(0, 100),
    message: redact(lines.join("\n")),
  };
}

const KEY_WORDS: Readonly<Record<KeyOutcome["outcome"], string>> = {
  deactivated: "set to Inactive",
  "was-inactive": "was Inactive already",
  "made-later": "stays Active: it was made after the response to the same",
  gone: "is gone",
  failed: "STILL ACTIVE",
};

export function keyLines({ keys, userIsGone, userName }: ResponseResult): readonly string[] {
  if (userIsGone) return [`Keys: there is no user ${quoted(userName)} any more.`];
  if (keys.length === 0) return ["Keys: the user has none."];
  return keys.map(
    ({ key, outcome, because }) =>
      `Access key ${key}: ${KEY_WORDS[outcome]}${because === undefined ? "" : ` (${because})`}.`,
  );
}

export function sessionWords(sessions: SessionsOutcome, timeZone: string): string {
  if (sessions.kind === "failed") return `NOT DENIED (${sessions.because}).`;
  if (sessions.kind === "no-policy")
    return "not denied: the environment declares no `respond`, so there is no policy that could. They end by themselves within 36 hours.";
  const whose =
    sessions.whose === "user"
      ? "of this user, in roles too,"
      : "of everybody in the environment (not every role asks for `sts:RoleSessionName`)";
  const done = sessions.kind === "cut" ? "denied everything" : "denied everything since an earlier response";
  return `those ${whose} that began before ${localTime(sessions.before, timeZone)} are ${done}.`;
}
