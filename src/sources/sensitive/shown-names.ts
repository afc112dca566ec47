import { isRecord, type JsonRecord } from "../resource/json-shape";
import type { IsShown } from "./conceal-document";

const ACCOUNT = /(?<!\d)\d{12}(?!\d)/g;

/**
 * The ARNs that resources of a plan or a state have of themselves, and the accounts in them: they are in the file
 * without a mark, so that a sensitive document that names them too gives nothing away. Gathered with the first question.
 */
export function shownNames(file: JsonRecord): IsShown {
  let names: ReadonlySet<string> | undefined;
  return (text) => {
    names ??= gathered(file);
    const account = /^arn:[^:]+:iam::(\d{12}):root$/.exec(text)?.[1] ?? text;
    return names.has(text) || names.has(account);
  };
}

function gathered(file: JsonRecord): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { values, marks } of ownValues(file)) {
    const { arn } = values;
    if (typeof arn !== "string" || !arn.startsWith("arn:")) continue;
    if (marks === true || (isRecord(marks) && marks["arn"] !== undefined)) continue;
    names.add(arn);
    for (const [account] of arn.matchAll(ACCOUNT)) names.add(account);
  }
  return names;
}

function* ownValues(file: JsonRecord): Generator<{ readonly values: JsonRecord; readonly marks: unknown }> {
  for (const part of ["resource_changes", "resource_drift"]) {
    const entries = file[part];
    for (const entry of Array.isArray(entries) ? entries : []) {
      const change: unknown = isRecord(entry) ? entry["change"] : undefined;
      if (!isRecord(change)) continue;
      for (const side of ["before", "after"]) {
        const values = change[side];
        if (isRecord(values)) yield { values, marks: change[`${side}_sensitive`] };
      }
    }
  }
}
