import { accessChange, isUnchanged } from "../../iam/comparison/access-change";
import { isRecord, type JsonRecord } from "../../sources/resource/json-shape";
import { type AccessFact, policyAddress } from "../access-fact";
import { isCutoffWritten } from "../session-cutoffs";
import { isSameMeaning } from "./attribute-difference";
import { policyIn } from "./changed-attributes";
import type { AccessDifference, IgnoredDifference } from "./resource-drift";

export interface AccessLedger {
  readonly ignored: readonly IgnoredDifference[];
  /** Differences that no fact tells of: somebody changed what decides access, and what it means is not known. */
  readonly left: readonly AccessDifference[];
}

/** Strikes each difference that a fact about access tells of, or that means the same. */
export function accessLedger(
  differences: readonly AccessDifference[],
  facts: readonly AccessFact[],
): AccessLedger {
  const addresses = facts.map(({ address }) => address);
  const isTold = (subject: string) =>
    addresses.some(
      (address) =>
        address === subject || address.startsWith(`${subject}/`) || address.endsWith(`/${subject}`),
    );
  const ignored: IgnoredDifference[] = [];
  const left: AccessDifference[] = [];
  for (const entry of differences) {
    const { change, difference } = entry;
    const { address } = change;
    const { attribute } = difference;
    if (isSameAccess(difference.before, difference.after)) {
      ignored.push({ address, attribute, reason: "it means the same" });
    } else if (isSessionsEnded(change.type, difference)) {
      ignored.push({ address, attribute, reason: "the response ends sessions by it" });
    } else if (subjectsOf(change).some(isTold)) {
      ignored.push({ address, attribute, reason: "read as access" });
    } else left.push(entry);
  }
  return { ignored, left };
}

/** What a resource is about, as facts are addressed: `user/work`, `policy/baseline/guard`. */
function subjectsOf({ type, before, after }: AccessDifference["change"]): readonly string[] {
  const subjects = [before, after].flatMap((values) =>
    values === undefined ? [] : subjectsIn(type, values),
  );
  return [...new Set(subjects)];
}

function subjectsIn(type: string, values: JsonRecord): readonly string[] {
  const named = (kind: string, ...attributes: readonly string[]) =>
    attributes
      .flatMap((attribute) => values[attribute])
      .filter((name): name is string => typeof name === "string")
      .map((name) => `${kind}/${name}`);
  if (type === "aws_iam_policy") {
    const arn = values["arn"];
    return typeof arn === "string" ? [policyAddress({ kind: "managed", arn, name: "" })] : [];
  }
  const own = /^aws_iam_(user|group|role)$/.exec(type)?.[1];
  if (own !== undefined) return named(own, "name");
  return [
    ...named("user", "user", "user_name", "users"),
    ...named("group", "group", "group_name", "groups", "name"),
    ...named("role", "role", "role_name", "roles"),
  ];
}

function isSessionsEnded(type: string, { before, after }: AccessDifference["difference"]): boolean {
  const [left, right] = [policyIn(before), policyIn(after)];
  return (
    type === "aws_iam_policy" && left !== undefined && right !== undefined && isCutoffWritten(left, right)
  );
}

/** Policies by their meaning, lists whatever their order. */
function isSameAccess(before: unknown, after: unknown): boolean {
  const [left, right] = [policyIn(before), policyIn(after)];
  if (left !== undefined && right !== undefined) {
    return isUnchanged(accessChange({ identity: [left] }, { identity: [right] }));
  }
  return isSameMeaning(ordered(before), ordered(after));
}

function ordered(value: unknown): unknown {
  return Array.isArray(value) ? [...value].sort((a, b) => (textOf(a) < textOf(b) ? -1 : 1)) : value;
}

function textOf(value: unknown): string {
  return isRecord(value) ? JSON.stringify(value) : String(value);
}
