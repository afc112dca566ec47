import type { AccountInventory } from "../aws/inventory";
import type { AccessGraph } from "../iam/graph";
import { blocks, isRecord } from "../sources/resource/json-shape";
import type { AccessFact } from "./access-fact";
import { policyAddress } from "./access-fact";
import { policyIn } from "./plan/changed-attributes";

/**
 * Versions of declared policies that are newer than the one in force. Terraform makes a version and sets it as the
 * default at once: who made one without that keeps it at hand, or has set an older one as the default.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-versioning.html
 */
export function waitingVersions(declared: AccessGraph, inventory: AccountInventory): readonly AccessFact[] {
  const policies = new Map(declared.managedPolicies.map((policy) => [policy.arn, policy]));
  const listed = inventory.authorizationDetails["Policies"];
  return blocks(listed).flatMap((item): readonly AccessFact[] => {
    const policy = policies.get(String(item["Arn"]));
    if (policy === undefined) return [];
    const versions = blocks(item["PolicyVersionList"]);
    const inForce = versionNumber(item["DefaultVersionId"]);
    return versions
      .filter(({ VersionId }) => versionNumber(VersionId) > inForce)
      .map((version) => ({
        kind: "policy-version-waiting",
        address: policyAddress(policy),
        policy,
        version: String(version["VersionId"]),
        document: documentOf(version["Document"]),
      }));
  });
}

/** `v12` is version 12. */
function versionNumber(id: unknown): number {
  return Number(/^v(\d+)$/.exec(String(id))?.[1] ?? 0);
}

/** An object, as the AWS CLI writes it, or URL-encoded JSON, as the API sends it. */
function documentOf(value: unknown) {
  if (isRecord(value)) return policyIn(JSON.stringify(value));
  return typeof value === "string" ? policyIn(value.startsWith("%") ? decoded(value) : value) : undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
