import { action as knownAction } from "../../iam/actions";
import { matchesWildcard } from "../../iam/evaluate";
import { UNKNOWN_PART, type User } from "../../iam/graph";
import { ANY_RESOURCE, unique } from "./policy-parts";

/** Where a pattern leaves the region open, resources of this one are asked about. */
const REGION = "eu-central-1";
/** Services whose ARNs name no region. */
const GLOBAL: ReadonlySet<string> = new Set(["iam", "sts", "s3", "*", "cloudfront", "route53"]);

/** ARN of a user's own MFA device; its serial number. */
export function mfaArnOf({ arn, name }: Pick<User, "arn" | "name">): string {
  return `${accountPart(arn)}:mfa/${name}`;
}

/** `arn:aws:iam::111122223333` */
export function accountPart(arn: string): string {
  let end = -1;
  for (let part = 0; part < 5; part++) {
    const next = arn.indexOf(":", end + 1);
    if (next < 0) return arn;
    end = next;
  }
  return arn.slice(0, end);
}

/**
 * What a user could act on in IAM, besides what its policies name: itself, users whose name begins or ends with its
 * own or is a part of it, users on other paths, foreign devices, and others of each kind.
 */
export function identitySamples(
  user: Pick<User, "arn" | "name" | "path" | "accountId">,
  others: readonly User[],
): readonly string[] {
  const { arn, name, path } = user;
  const account = accountPart(arn);
  const names = [
    `x${name}`,
    `x-${name}`,
    `${name}x`,
    `${name}-x`,
    name.slice(1),
    name.slice(0, -1),
    "someone-else",
  ];
  const foreign = names.filter((other) => other !== "" && other !== name);
  return unique([
    arn,
    mfaArnOf(user),
    `${mfaArnOf(user)}/second`,
    ...foreign.map((other) => `${account}:user${path}${other}`),
    ...[`${path}nested/`, "/", "/elsewhere/"]
      .filter((other) => other !== path)
      .map((other) => `${account}:user${other}${name}`),
    ...foreign.map((other) => `${account}:mfa/${other}`),
    ...others
      .filter((other) => other.arn !== arn && other.accountId === user.accountId)
      .map((other) => other.arn),
    `${account}:group${path}any-group`,
    `${account}:role${path}any-role`,
    `${account}:policy${path}any-policy`,
    "*",
    ANY_RESOURCE,
  ]);
}

/** Whether a resource is a user or MFA device other than the user's own. */
export function belongsToAnother(user: User, resource: string): boolean {
  const type = resource.split(":")[5] ?? "";
  if (type.startsWith("user/")) return resource !== user.arn;
  const own = mfaArnOf(user);
  return type.startsWith("mfa/") && resource !== own && !resource.startsWith(`${own}/`);
}

/**
 * Resources that a pattern of a policy covers: wildcards once as nothing and once as something, each alone and all
 * together, and the caller's own values for policy variables. Before the sixth part of an ARN a wildcard becomes the
 * caller's own account, and nothing elsewhere.
 */
export function instancesOf(
  pattern: string,
  user: Pick<User, "arn" | "name" | "accountId" | "tags">,
): readonly string[] {
  if (pattern === "*") return ["*", ANY_RESOURCE];
  // what is known only after apply may be anything, and is asked about as it stands
  if (pattern.startsWith(UNKNOWN_PART)) return [pattern];
  const filled = pattern.replaceAll(/\$\{\s*([^},\s]+)[^}]*\}/g, (_, key: string) =>
    variableValue(key.toLowerCase(), user),
  );
  const parts = wholeArn(filled.split(":"));
  const head = parts
    .slice(0, 5)
    .map((part, index) => (/[*?]/.test(part) ? headValue(parts, index, user) : part));
  const tail = parts.slice(5).join(":");
  const variants = parts.length > 5 ? variantsOf(tail) : [];
  return unique(variants.map((variant) => [...head, variant].join(":")));
}

/**
 * A `*` that ends a pattern runs on past colons: `arn:aws:lambda:*` covers functions of every region. The parts that it
 * stands for are written out.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
function wholeArn(parts: readonly string[]): readonly string[] {
  if (parts.length > 5 || !(parts.at(-1) ?? "").endsWith("*")) return parts;
  return [...parts, ...Array.from({ length: 6 - parts.length }, () => "*")];
}

function headValue(parts: readonly string[], index: number, user: Pick<User, "arn" | "accountId">): string {
  const part = parts[index] ?? "";
  if (index === 1) return user.arn.split(":")[1] ?? "aws";
  if (part !== "*") return part.replaceAll("*", "other").replaceAll("?", "o");
  if (index === 2) return "iam";
  if (index === 3) return GLOBAL.has(parts[2] ?? "") ? "" : REGION;
  return index === 4 ? user.accountId : "";
}

function variantsOf(text: string): readonly string[] {
  const wildcards = [...text.matchAll(/[*?]/g)].map(({ index }) => index);
  if (wildcards.length === 0) return [text];
  const fill = (filled: (index: number) => boolean) =>
    [...text]
      .map((character, index) =>
        character === "*" ? (filled(index) ? "other" : "") : character === "?" ? "o" : character,
      )
      .join("");
  return [
    fill(() => false),
    fill(() => true),
    ...wildcards.slice(0, 8).map((only) => fill((index) => index === only)),
  ];
}

function variableValue(key: string, user: Pick<User, "arn" | "name" | "tags">): string {
  if (key === "*" || key === "?" || key === "$") return key;
  if (key === "aws:username") return user.name;
  if (key === "aws:principalarn") return user.arn;
  const tag = /^aws:principaltag\/(.*)$/.exec(key)?.[1];
  const found = Object.entries(user.tags).find(([name]) => name.toLowerCase() === tag);
  return found?.[1] ?? "value";
}

/** Resources of one action that are tried for one pattern; the first ones tell. */
const MOST = 6;

/**
 * Resources on which an action may be allowed by these patterns: the patterns filled in, and resources of the types that
 * the action acts on, in so far as a pattern covers them.
 */
export function samplesOf(
  patterns: readonly string[],
  action: string,
  principal: Pick<User, "arn" | "name" | "accountId" | "tags">,
): readonly string[] {
  const made = typicalResources(action, principal.arn, principal.accountId);
  return unique(
    patterns.flatMap((pattern) => [
      ...instancesOf(pattern, principal).slice(0, MOST),
      ...(pattern === "*" ? [] : made.filter((arn) => matchesWildcard(pattern, arn) === true)).slice(0, MOST),
    ]),
  );
}

function typicalResources(action: string, arn: string, accountId: string): readonly string[] {
  const partition = arn.split(":")[1] ?? "aws";
  return (knownAction(action)?.resources ?? []).map(({ arn: template }) =>
    template
      .replaceAll(/\$\{Partition\}/gi, partition)
      .replaceAll(/\$\{Account\}/gi, accountId)
      .replaceAll(/\$\{Region\}/gi, REGION)
      .replaceAll(/\$\{[^}]*\}/g, "other"),
  );
}
