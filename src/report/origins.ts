import type { AccessGraph } from "../iam/graph";
import { UNKNOWN_PART } from "../iam/graph";
import type { Origin } from "./account-facts";
import { compareText } from "./shown";

/** A user, group, role or policy of an account, as far as its origin is concerned. */
export interface Existing {
  readonly kind: Origin["kind"];
  readonly arn: string;
  readonly name: string;
  readonly path: string;
  readonly tags: Readonly<Record<string, string>>;
  /** ISO 8601, UTC. */
  readonly createdAt?: string;
}

/** What exists and no stack declares, with who made it as far as path, name and tags tell. */
export function undeclaredOf(existing: readonly Existing[], declared: AccessGraph): readonly Origin[] {
  const isDeclared = declaredArns(declared);
  return existing
    .filter(({ arn }) => !isDeclared(arn))
    .map(originOf)
    .sort((left, right) => compareText(left.kind + left.name, right.kind + right.name));
}

function originOf(one: Existing): Origin {
  const { kind, name, arn, createdAt } = one;
  const madeBy = makerOf(one);
  return {
    kind,
    name,
    arn,
    ...(createdAt === undefined ? {} : { createdAt }),
    ...(madeBy === undefined ? {} : { madeBy }),
  };
}

/** A name with a random suffix is declared as a pattern. */
function declaredArns({ users, groups, roles, managedPolicies }: AccessGraph): (arn: string) => boolean {
  const all = [...users, ...groups, ...roles, ...managedPolicies].flatMap(({ arn }) => arn ?? []);
  const exact = new Set(all);
  const patterns = all
    .filter((arn) => arn.includes(UNKNOWN_PART))
    .map(
      (arn) =>
        new RegExp(
          `^${arn
            .split(/\uFFFD+/)
            .map(escaped)
            .join("[^/:]*")}$`,
        ),
    );
  return (arn) => exact.has(arn) || patterns.some((pattern) => pattern.test(arn));
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** Tags that tools put on what they make, by what they call themselves. */
const TOOL_TAGS: readonly (readonly [tag: RegExp, maker: string])[] = [
  [/^aws:cloudformation:stack-name$/, "CloudFormation stack"],
  [/^aws:servicecatalog:/, "Service Catalog"],
  [/^(?:managed[-_]?by|created[-_]?by|provisioner)$/i, ""],
];

/**
 * Who made something, where its path, name or tags say it.
 *
 * @see https://docs.aws.amazon.com/singlesignon/latest/userguide/using-service-linked-roles.html
 */
function makerOf({ path, name, tags }: Existing): string | undefined {
  const [, service] = /^\/aws-service-role\/([^/]+)\//.exec(path) ?? [];
  if (service !== undefined) return `AWS service ${service}`;
  if (path.startsWith("/aws-reserved/sso.amazonaws.com/")) return "IAM Identity Center";
  if (/^(?:AWSControlTower|aws-controltower-)/.test(name)) return "AWS Control Tower";
  if (/^stacksets-exec-/.test(name)) return "CloudFormation StackSets";
  if (name === "OrganizationAccountAccessRole") return "AWS Organizations, with the account";
  for (const [tag, maker] of TOOL_TAGS) {
    const found = Object.entries(tags).find(([key]) => tag.test(key));
    if (found !== undefined)
      return `${maker} ${found[1]}`.trim() + (maker === "" ? `, as tag ${found[0]} says` : "");
  }
  return undefined;
}
