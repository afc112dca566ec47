import type { AccountInventory } from "../aws/inventory";

/** Keys of tags that only AWS sets. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html */
const SYSTEM_TAG_PREFIX = "aws:";

type Json = Readonly<Record<string, unknown>>;
type Tags = Readonly<Record<string, string>>;

/** A document of the account, or why it cannot be read. */
export type AccountDocument = { readonly document: Json } | { readonly unreadable: string };

/** What a principal carries. */
export interface AccountPolicies {
  /** AWS managed policies by name with path, others by ARN, in the account's order. */
  readonly managedPolicies: readonly string[];
  readonly inlinePolicies: Readonly<Record<string, AccountDocument>>;
  readonly permissionsBoundary?: string;
}

interface Named {
  readonly name: string;
  readonly path: string;
  readonly arn: string;
  /** Without those that AWS itself sets. */
  readonly tags: Tags;
  /** Tags that AWS sets, `aws:cloudformation:stack-name`. */
  readonly systemTags: Tags;
}

export interface AccountUser extends Named, AccountPolicies {
  readonly groups: readonly string[];
}

export interface AccountGroup extends Named, AccountPolicies {}

export interface AccountRole extends Named, AccountPolicies {
  readonly trust: AccountDocument;
  readonly instanceProfiles: Readonly<Record<string, { readonly path: string }>>;
  /** Absent: not known. */
  readonly description?: string;
  /** Seconds; absent: not known. */
  readonly maxSessionDuration?: number;
}

export interface AccountPolicy extends Named {
  readonly document: AccountDocument;
  /** Whether its tags are known. */
  readonly knowsTags: boolean;
}

/** The users, groups, roles and customer managed policies of an account, in the order of their names. */
export interface AccountPrincipals {
  readonly users: readonly AccountUser[];
  readonly groups: readonly AccountGroup[];
  readonly roles: readonly AccountRole[];
  readonly policies: readonly AccountPolicy[];
}

/** Reads what an inventory holds, with documents as objects, however they were encoded. */
export function accountPrincipals({
  authorizationDetails,
  roleSessions,
  details,
}: AccountInventory): AccountPrincipals {
  const listOf = (name: string) => records(authorizationDetails[name]);
  const sessions = "value" in roleSessions ? roleSessions.value : {};
  const descriptions =
    details && "value" in details.roleDescriptions ? details.roleDescriptions.value : undefined;
  const policyTags = details && "value" in details.policies ? details.policies.value : undefined;
  return {
    users: listOf("UserDetailList")
      .map((item) => ({
        ...named(item, "UserName"),
        ...policiesOf(item, "UserPolicyList"),
        groups: strings(item["GroupList"]),
      }))
      .sort(byName),
    groups: listOf("GroupDetailList")
      .map((item) => ({ ...named(item, "GroupName"), ...policiesOf(item, "GroupPolicyList") }))
      .sort(byName),
    roles: listOf("RoleDetailList")
      .map((item) => {
        const one = named(item, "RoleName");
        const description = descriptions?.[one.name] ?? text(item["Description"]);
        const seconds = sessions[one.name] ?? item["MaxSessionDuration"];
        return {
          ...one,
          ...policiesOf(item, "RolePolicyList"),
          trust: documentOf(item["AssumeRolePolicyDocument"]),
          instanceProfiles: Object.fromEntries(
            records(item["InstanceProfileList"]).map((profile) => [
              String(profile["InstanceProfileName"]),
              { path: String(profile["Path"] ?? "/") },
            ]),
          ),
          ...(description !== undefined && { description }),
          ...(typeof seconds === "number" && { maxSessionDuration: seconds }),
        };
      })
      .sort(byName),
    policies: listOf("Policies")
      .filter((item) => !/^arn:[^:]*:iam::aws:/.test(String(item["Arn"])))
      .map((item) => {
        const one = named({ ...item, Tags: undefined }, "PolicyName");
        const known = policyTags?.[one.arn];
        return {
          ...one,
          name: one.arn.slice(one.arn.lastIndexOf("/") + 1),
          path: pathOf(item["Path"], one.arn, "policy"),
          ...(known !== undefined && split(known.tags)),
          knowsTags: known !== undefined,
          document: documentOf(inForce(item)),
        };
      })
      .sort(byName),
  };
}

function inForce(policy: Json): unknown {
  return records(policy["PolicyVersionList"]).find(
    ({ IsDefaultVersion: isDefault, VersionId: id }) =>
      isDefault === true || id === policy["DefaultVersionId"],
  )?.["Document"];
}

function named(item: Json, key: string): Named {
  const arn = String(item["Arn"] ?? "");
  const tags = Object.fromEntries(
    records(item["Tags"]).map(({ Key, Value }) => [String(Key), String(Value ?? "")]),
  );
  const kind = key.replace("Name", "").toLowerCase();
  return { name: String(item[key] ?? ""), path: pathOf(item["Path"], arn, kind), arn, ...split(tags) };
}

function pathOf(path: unknown, arn: string, kind: string): string {
  if (typeof path === "string" && path !== "") return path;
  return new RegExp(`:${kind}(/(?:.*/)?)[^/]+$`).exec(arn)?.[1] ?? "/";
}

function split(tags: Tags): { readonly tags: Tags; readonly systemTags: Tags } {
  const isSystem = ([key]: readonly [string, string]) => key.toLowerCase().startsWith(SYSTEM_TAG_PREFIX);
  const entries = Object.entries(tags);
  return {
    tags: Object.fromEntries(entries.filter((tag) => !isSystem(tag))),
    systemTags: Object.fromEntries(entries.filter(isSystem)),
  };
}

function policiesOf(item: Json, inline: string): AccountPolicies {
  const boundary = (item["PermissionsBoundary"] as Json | undefined)?.["PermissionsBoundaryArn"];
  return {
    managedPolicies: records(item["AttachedManagedPolicies"]).map(({ PolicyArn }) =>
      policyName(String(PolicyArn)),
    ),
    inlinePolicies: Object.fromEntries(
      records(item[inline]).map(({ PolicyName, PolicyDocument }) => [
        String(PolicyName),
        documentOf(PolicyDocument),
      ]),
    ),
    ...(typeof boundary === "string" && { permissionsBoundary: policyName(boundary) }),
  };
}

/** An AWS managed policy by its name with path, any other by its ARN. */
export function policyName(arn: string): string {
  return /^arn:[^:]*:iam::aws:policy\/(.+)$/.exec(arn)?.[1] ?? arn;
}

/** Documents are objects (the AWS CLI), JSON, or URL-encoded JSON (the API). */
function documentOf(value: unknown): AccountDocument {
  if (value === undefined || value === null) return { unreadable: "its document is not in the inventory" };
  let document: unknown = value;
  if (typeof value === "string") {
    try {
      document = JSON.parse(value.trimStart().startsWith("{") ? value : decodeURIComponent(value));
    } catch {
      return { unreadable: "its document is no JSON" };
    }
  }
  return isRecord(document) && isRecord(document["Statement"])
    ? { document }
    : { unreadable: "its document has no Statement" };
}

const isRecord = (value: unknown): value is Json => typeof value === "object" && value !== null;
const records = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isRecord) : []);
const strings = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);
const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
const byName = (left: { readonly name: string }, right: { readonly name: string }) =>
  left.name < right.name ? -1 : 1;
