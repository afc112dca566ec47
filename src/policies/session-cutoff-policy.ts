import { isDeepStrictEqual } from "node:util";
import { type PolicyDocument, policyDocument, type Statement } from "../iam/policy-document";
import type { Cutoff } from "./cutoff";

/** Part of the policy's name after the namespace. */
export const SESSION_CUTOFF = "session-cutoff";

/** A user's unique id: letters and digits, none of which stands for others. */
const UNIQUE_ID = /^(?!AROA)[A-Za-z0-9]{16,128}$/;

/** Before any session that there is: denies nobody. */
const NEVER = "2000-01-01T00:00:00Z";

/**
 * The policy that denies sessions, and does nothing else: everything to sessions begun before a moment, of everybody or of
 * one user. Long-term keys have no `aws:TokenIssueTime`, so they are untouched. A user's own sessions are known by the
 * user's unique id; sessions of roles by their session name, where trust policies ask for it to be the user's name.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable
 */
export function sessionCutoffDocument(cutoffs: readonly Cutoff[]): PolicyDocument {
  const everybody = cutoffs.filter(({ userName }) => userName === undefined);
  const users = cutoffs.filter((one) => one.userName !== undefined);
  const latest = Math.max(...everybody.map(({ before }) => before.getTime()));
  return policyDocument(
    denied("SessionsBefore", everybody.length === 0 ? NEVER : moment(new Date(latest)), undefined),
    ...users.map((one, index) => denied(`SessionsOf${index + 1}`, moment(one.before), patternsOf(one))),
  );
}

/**
 * The cutoffs of a document of exactly that shape.
 *
 * @returns nothing for every other document, however alike
 */
export function readSessionCutoff(document: PolicyDocument): readonly Cutoff[] | undefined {
  const cutoffs: Cutoff[] = [];
  for (const statement of document.Statement) {
    const before = new Date(String(statement.Condition?.["DateLessThan"]?.["aws:TokenIssueTime"]));
    if (Number.isNaN(before.getTime())) return undefined;
    const patterns = statement.Condition?.["StringLike"]?.["aws:userid"];
    if (patterns === undefined) {
      if (moment(before) !== NEVER) cutoffs.push({ before });
      continue;
    }
    const user = userOf(patterns);
    if (user === undefined) return undefined;
    cutoffs.push({ ...user, before });
  }
  // written again it is the same: nothing else can hide in it
  return isDeepStrictEqual(plain(sessionCutoffDocument(cutoffs)), plain(document)) ? cutoffs : undefined;
}

function denied(sid: string, before: string, patterns: readonly string[] | undefined): Statement {
  return {
    Sid: sid,
    Effect: "Deny",
    Action: "*",
    Resource: "*",
    Condition: {
      DateLessThan: { "aws:TokenIssueTime": before },
      ...(patterns !== undefined && { StringLike: { "aws:userid": patterns } }),
    },
  };
}

function patternsOf({ userName = "", userId }: Cutoff): readonly string[] {
  return [`*:${userName}`, ...(userId === undefined ? [] : [userId])];
}

function userOf(patterns: unknown): Pick<Cutoff, "userName" | "userId"> | undefined {
  const all: readonly unknown[] = Array.isArray(patterns) ? patterns : [patterns];
  const [session, userId] = all;
  if (all.length > 2) return undefined;
  const userName = /^\*:([\w+=,.@-]{1,64})$/.exec(String(session))?.[1];
  if (userName === undefined) return undefined;
  if (userId === undefined) return { userName };
  return typeof userId === "string" && UNIQUE_ID.test(userId) ? { userName, userId } : undefined;
}

/** Without fields that are there and undefined; IAM takes one value for a list of one. */
function plain(document: PolicyDocument): unknown {
  return JSON.parse(JSON.stringify(document), (_key, value: unknown) =>
    Array.isArray(value) && value.length === 1 ? value[0] : value,
  );
}

/** Whole seconds, as IAM writes moments. */
function moment(date: Date): string {
  return date.toISOString().replace(/\.\d{3}Z$/, "Z");
}
