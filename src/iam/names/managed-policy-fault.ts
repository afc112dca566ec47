import { nearestName } from "../../findings/nearest-name";
import { managedPoliciesDate, managedPolicyKey, managedPolicyNames } from "../managed-policies";
import { arnFault } from "./arn-fault";
import type { NameFault } from "./name-fault";

const AWS_POLICY = /^arn:[^:]*:iam::aws:policy\/(.+)$/;

/**
 * What is wrong with a managed policy of AWS as written: by its name with path (`job-function/ViewOnlyAccess`) or by its
 * ARN. A policy of a customer is judged by the form of its ARN alone.
 */
export function managedPolicyFault(written: string, partition: string): Omit<NameFault, "path"> | undefined {
  if (written.startsWith("arn:")) {
    const fault = arnFault(written, partition);
    if (fault !== undefined) return { name: written, ...fault };
  }
  const name = written.startsWith("arn:") ? AWS_POLICY.exec(written)?.[1] : written;
  if (name === undefined) return undefined;
  const key = managedPolicyKey(name);
  if (key === name) return undefined;
  const expected = `a managed policy of AWS by its name with path (list of ${managedPoliciesDate})`;
  const asWritten = (other: string) => (written === name ? other : written.replace(name, () => other));
  if (key !== undefined)
    return {
      name: written,
      expected,
      remedy: `its path belongs to its name: "${asWritten(key)}"`,
      mayBeNew: false,
    };
  const near = nearKey(name);
  return {
    name: written,
    expected,
    remedy: near === undefined ? "correct it" : `did you mean "${asWritten(near)}"?`,
    mayBeNew: true,
  };
}

/** A misspelt name, with or without its path, which is misspelt less often than the name. */
function nearKey(name: string): string | undefined {
  const keys = new Map(managedPolicyNames().map((key) => [lastPart(key), key]));
  const near = nearestName(lastPart(name), keys.keys());
  return near === undefined ? undefined : keys.get(near);
}

const lastPart = (key: string) => key.slice(key.lastIndexOf("/") + 1);
