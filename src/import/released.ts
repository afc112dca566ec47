import type { ListedResource } from "../sources/resource/recorded-resource";
import type { DraftExisting } from "./draft";

/** A state of somebody else's Terraform, as far as it holds what an import takes over. */
export interface Released {
  /** How the state was named on the command line. */
  readonly file: string;
  /** Addresses without keys: a `removed` block lets go of every instance of them. */
  readonly removed: readonly string[];
  /** Single instances, of resources whose other instances stay: `terraform state rm` lets go of one. */
  readonly stateRm: readonly string[];
  /** What stays there, and why. */
  readonly kept: readonly { readonly address: string; readonly reason: string }[];
}

/** Credentials: never in Terraform here, and with a secret in that state. */
const CREDENTIALS: ReadonlySet<string> = new Set([
  "aws_iam_access_key",
  "aws_iam_user_login_profile",
  "aws_iam_user_ssh_key",
  "aws_iam_virtual_mfa_device",
  "aws_iam_service_specific_credential",
  "aws_iam_signing_certificate",
]);

/**
 * What another state has to let go of, so that two states never fight over one principal: every resource about one that
 * is taken over, in whatever form (`aws_iam_group_membership`, `aws_iam_policy_attachment`). It is let go of, not destroyed.
 *
 * @param taken what the environment declares under `existing`
 * @see https://developer.hashicorp.com/terraform/language/block/removed
 */
export function released(
  file: string,
  resources: readonly ListedResource[],
  taken: DraftExisting,
  accountId: string,
): Released {
  const own = resources.filter(({ mode, type }) => mode === "managed" && type.startsWith("aws_iam_"));
  const kept: { address: string; reason: string }[] = [];
  const free: ListedResource[] = [];
  const bound: ListedResource[] = [];
  for (const resource of own) {
    const named = principalsOf(resource);
    const held = named.filter((one) => isTaken(one, taken, accountId));
    if (named.length > 0 && CREDENTIALS.has(resource.type) && held.length > 0) {
      kept.push({
        address: resource.address,
        reason:
          "a credential is never taken over, and its secret is in that state: rotate it, then remove it there",
      });
      bound.push(resource);
    } else if (held.length === 0) bound.push(resource);
    else if (held.length === named.length) free.push(resource);
    else {
      const rest = named.filter((one) => !held.includes(one)).map(({ kind, name }) => `${kind}/${name}`);
      kept.push({
        address: resource.address,
        reason: `it is also about ${rest.join(", ")}, which stays there: take ${held.map(({ kind, name }) => `${kind}/${name}`).join(", ")} out of it in the same change`,
      });
      bound.push(resource);
    }
  }
  const shared = new Set(bound.map(({ base }) => withoutKeys(base)));
  const removed = [...new Set(free.map(({ base }) => withoutKeys(base)))].filter((base) => !shared.has(base));
  return {
    file,
    removed: removed.sort(),
    stateRm: free
      .filter(({ base }) => shared.has(withoutKeys(base)))
      .map(({ address }) => address)
      .sort(),
    kept,
  };
}

interface Named {
  readonly kind: "user" | "group" | "role" | "policy";
  readonly name: string;
}

/** Whom a resource is about: those whose rights it changes. */
function principalsOf({ type, values }: ListedResource): readonly Named[] {
  const text = (key: string) => (typeof values[key] === "string" ? [values[key] as string] : []);
  const list = (key: string) => (Array.isArray(values[key]) ? (values[key] as unknown[]).map(String) : []);
  const of = (kind: Named["kind"], names: readonly string[]) => names.map((name) => ({ kind, name }));
  if (type === "aws_iam_policy") return of("policy", text("arn"));
  if (type === "aws_iam_policy_attachment") {
    return [...of("user", list("users")), ...of("group", list("groups")), ...of("role", list("roles"))];
  }
  if (type === "aws_iam_group_membership")
    return [...of("group", text("group")), ...of("user", list("users"))];
  if (type === "aws_iam_instance_profile") return of("role", text("role"));
  for (const kind of ["user", "group", "role"] as const) {
    if (type === `aws_iam_${kind}`) return of(kind, text("name"));
    if (type.startsWith(`aws_iam_${kind}_`))
      return of(kind, [...text(kind), ...text(`${kind}_name`)].slice(0, 1));
  }
  return CREDENTIALS.has(type)
    ? of("user", [...text("user"), ...text("user_name"), ...text("username")].slice(0, 1))
    : [];
}

function isTaken(
  { kind, name }: Named,
  { users, groups, roles, policies }: DraftExisting,
  accountId: string,
): boolean {
  if (kind !== "policy") return Object.hasOwn({ user: users, group: groups, role: roles }[kind], name);
  const [, , , , account, resource = ""] = name.split(":");
  const policy = resource.slice(resource.lastIndexOf("/") + 1);
  return account === accountId && Object.hasOwn(policies, policy);
}

/** `module.people["a"].aws_iam_user.this` is `module.people.aws_iam_user.this`: a `removed` block takes no keys. */
function withoutKeys(base: string): string {
  return base.replace(/\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\]/g, "");
}

/** A file to put beside the other configuration, whose resources go in the same change. */
export function releasedSource({ file, removed, stateRm, kept }: Released, environment: string): string {
  return [
    `# What the configuration of ${file} lets go of, for the environment ${environment} of iam-baseline: nothing is destroyed.`,
    "# Put this file beside that configuration (Terraform 1.7 or later), delete the resources there in the same change, and apply",
    `# it before the first apply of ${environment}. Delete it after that.`,
    ...removed.map((from) => `\nremoved {\n  from = ${from}\n\n  lifecycle {\n    destroy = false\n  }\n}`),
    ...(stateRm.length > 0
      ? [
          "\n# Other instances of these stay there, and a removed block takes no keys:",
          ...stateRm.map((address) => `#   terraform state rm '${address}'`),
        ]
      : []),
    ...(kept.length > 0
      ? ["\n# These stay there:", ...kept.map(({ address, reason }) => `#   ${address}: ${reason}`)]
      : []),
    "",
  ].join("\n");
}
