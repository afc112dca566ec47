import { isDeepStrictEqual } from "node:util";
import type { AccountInventory } from "../../src/aws/inventory";
import { accountPrincipals } from "../../src/import/account-principals";
import { policyOf, type SynthesizedStack } from "./synthesize";

/** What Terraform's first plan would do, as the provider plans: each list holds addresses or what would go. */
export interface FirstPlan {
  readonly imported: readonly string[];
  readonly created: readonly string[];
  /** Import blocks whose object the account does not have: the plan fails. */
  readonly failing: readonly string[];
  /** Another name or path of what AWS cannot rename, with the resource. */
  readonly replaced: readonly string[];
  /** Other attributes that differ from the account. */
  readonly updated: readonly string[];
  /** Policies, attachments and memberships that an exclusive list would take away. */
  readonly removed: readonly string[];
}

type Attributes = Readonly<Record<string, unknown>>;

/** Attributes of which the provider says ForceNew. @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role */
const FORCES_NEW: Readonly<Record<string, readonly string[]>> = {
  aws_iam_role: ["name", "path"],
  aws_iam_policy: ["name", "path", "description"],
  aws_iam_instance_profile: ["name", "path"],
  aws_iam_user_policy: ["user", "name"],
  aws_iam_group_policy: ["group", "name"],
  aws_iam_role_policy: ["role", "name"],
  aws_iam_user_policy_attachment: ["user", "policy_arn"],
  aws_iam_group_policy_attachment: ["group", "policy_arn"],
  aws_iam_role_policy_attachment: ["role", "policy_arn"],
};
/** Settings of Terraform that AWS does not know. */
const OWN = new Set(["provider", "lifecycle", "depends_on", "force_destroy"]);

/** Plays the provider: reads each imported object from the inventory and compares it with the configuration. */
export function firstPlan(stack: SynthesizedStack, inventory: AccountInventory): FirstPlan {
  const objects = objectsOf(inventory);
  const imports = new Map((stack.json.import ?? []).map(({ to, id }) => [to, id]));
  const names = new Map(
    stack.resources.flatMap(({ address, attributes }) =>
      Object.entries(attributes).map(([key, value]) => [`\${${address}.${key}}`, value] as const),
    ),
  );
  const plan = {
    imported: [] as string[],
    created: [] as string[],
    failing: [] as string[],
    replaced: [] as string[],
    updated: [] as string[],
    removed: [] as string[],
  };
  for (const { address, type, attributes } of stack.resources) {
    const id = imports.get(address);
    if (id === undefined) {
      plan.created.push(address);
      continue;
    }
    const object = objects.get(`${type} ${id}`);
    if (object === undefined) {
      plan.failing.push(`${address} ${id}`);
      continue;
    }
    plan.imported.push(address);
    const ignored =
      (attributes["lifecycle"] as { ignore_changes?: readonly string[] } | undefined)?.ignore_changes ?? [];
    for (const [key, value] of Object.entries(attributes)) {
      if (OWN.has(key) || ignored.includes(key)) continue;
      const wanted = resolved(value, names);
      if (isSame(key, wanted, object[key])) continue;
      const said = `${address}.${key}: ${JSON.stringify(object[key])} -> ${JSON.stringify(wanted)}`;
      if (FORCES_NEW[type]?.includes(key) === true) plan.replaced.push(said);
      else if (type.endsWith("_exclusive"))
        plan.removed.push(...goneFrom(object[key], wanted).map((one) => `${address}: ${one}`));
      else plan.updated.push(said);
    }
    for (const key of Object.keys(object)) {
      if (key in attributes || ignored.includes(key) || isEmpty(object[key])) continue;
      plan.updated.push(`${address}.${key}: ${JSON.stringify(object[key])} -> none`);
    }
  }
  return plan;
}

const isEmpty = (value: unknown) =>
  value === undefined ||
  value === "" ||
  value === 3600 ||
  (typeof value === "object" && value !== null && Object.keys(value).length === 0);

function resolved(value: unknown, names: ReadonlyMap<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map((one) => resolved(one, names));
  return typeof value === "string" ? (names.get(value) ?? value) : value;
}

function isSame(key: string, wanted: unknown, found: unknown): boolean {
  if (key === "policy" || key === "assume_role_policy") return isDeepStrictEqual(policyOf(wanted), found);
  if (Array.isArray(wanted))
    return isDeepStrictEqual([...wanted].sort(), [...((found as unknown[]) ?? [])].sort());
  if (typeof wanted === "string")
    return wanted.replaceAll("$${", () => "${").replaceAll("%%{", () => "%{") === found;
  return isDeepStrictEqual(wanted, found);
}

const goneFrom = (found: unknown, wanted: unknown) =>
  (found as readonly string[]).filter((one) => !(wanted as readonly string[]).includes(one));

/** What the provider would read, by type and import id. */
function objectsOf(inventory: AccountInventory): ReadonlyMap<string, Attributes> {
  const { users, groups, roles, policies } = accountPrincipals(inventory);
  const found = new Map<string, Attributes>();
  const arnOf = (name: string) => (name.startsWith("arn:") ? name : `arn:aws:iam::aws:policy/${name}`);
  const document = (one: object) => ("document" in one ? one.document : one);
  for (const [kind, items] of [
    ["user", users],
    ["group", groups],
    ["role", roles],
  ] as const) {
    for (const one of items) {
      const { name, managedPolicies, inlinePolicies, permissionsBoundary } = one;
      found.set(`aws_iam_${kind} ${name}`, {
        name,
        path: one.path,
        ...(kind !== "group" && { tags: one.tags }),
        ...(permissionsBoundary !== undefined && { permissions_boundary: arnOf(permissionsBoundary) }),
        ...("trust" in one && {
          assume_role_policy: document(one.trust),
          description: one.description,
          max_session_duration: one.maxSessionDuration,
        }),
      });
      const arns = managedPolicies.map(arnOf);
      for (const arn of arns)
        found.set(`aws_iam_${kind}_policy_attachment ${name}/${arn}`, { [kind]: name, policy_arn: arn });
      for (const [policy, text] of Object.entries(inlinePolicies))
        found.set(`aws_iam_${kind}_policy ${name}:${policy}`, {
          [kind]: name,
          name: policy,
          policy: document(text),
        });
      found.set(`aws_iam_${kind}_policies_exclusive ${name}`, {
        [`${kind}_name`]: name,
        policy_names: Object.keys(inlinePolicies),
      });
      found.set(`aws_iam_${kind}_policy_attachments_exclusive ${name}`, {
        [`${kind}_name`]: name,
        policy_arns: arns,
      });
    }
  }
  for (const { name, groups: joined } of users)
    if (joined.length > 0)
      found.set(`aws_iam_user_group_membership ${[name, ...[...joined].sort()].join("/")}`, {
        user: name,
        groups: joined,
      });
  for (const { name, instanceProfiles } of roles)
    for (const [profile, { path }] of Object.entries(instanceProfiles))
      found.set(`aws_iam_instance_profile ${profile}`, { name: profile, path, role: name });
  for (const { name, path, arn, document: text, tags } of policies)
    found.set(`aws_iam_policy ${arn}`, { name, path, policy: document(text), tags });
  return found;
}
