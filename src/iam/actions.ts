import data from "./data/actions.json";
import { linesByKey } from "./data/compressed-text";

/** AWS's own classification of actions. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_understand-policy-summary-access-level-summaries.html */
export type AccessLevel = "List" | "Read" | "Write" | "Permissions management" | "Tagging";

/**
 * @example
 * ```ts
 * import { type ActionResource, action } from "iam-baseline/iam";
 *
 * const [first]: readonly ActionResource[] = action("s3:GetBucketPolicy")?.resources ?? [];
 * first?.arn.startsWith("arn:${Partition}:s3:"); // true
 * ```
 */
export interface ActionResource {
  /** ARN pattern with `${...}` parts: `arn:${Partition}:iam::${Account}:user/${UserNameWithPath}`. */
  readonly arn: string;
  /** Whether the action always needs a resource of this type. */
  readonly required: boolean;
}

/**
 * @example
 * ```ts
 * import { type Action, action } from "iam-baseline/iam";
 *
 * const known: Action | undefined = action("iam:createuser");
 * known?.name; // "iam:CreateUser"
 * known?.accessLevel; // "Write"
 * ```
 */
export interface Action {
  /** `service:Name` in AWS's own spelling. */
  readonly name: string;
  readonly accessLevel: AccessLevel;
  /** Resource types the action can be limited to. None: only `Resource: "*"` matches it. */
  readonly resources: readonly ActionResource[];
}

const LEVELS: Readonly<Record<string, AccessLevel>> = {
  L: "List",
  R: "Read",
  W: "Write",
  P: "Permissions management",
  T: "Tagging",
};

/** Services by prefix as text, loaded with the first question (about 4 ms), and those already read. */
let services: ReadonlyMap<string, string> | undefined;
const readServices = new Map<string, ReadonlyMap<string, Action>>();
const expanded = new Map<string, readonly string[]>();

/** Package and version that the list of actions comes from. */
export const actionsSource: string = data.source;

/** Day on which that package was made from AWS's reference, `YYYY-MM-DD`. */
export const actionsDate: string = data.asOf;

/**
 * Every service prefix: `iam`, `s3`, … sorted.
 *
 * @example
 * ```ts
 * import { servicePrefixes } from "iam-baseline/iam";
 *
 * servicePrefixes().includes("s3"); // true
 * ```
 */
export function servicePrefixes(): readonly string[] {
  return [...allServices().keys()];
}

/** ARN patterns of a service's resource types, with `${...}` parts; none for an unknown service. */
export function resourceTypesOfService(prefix: string): readonly string[] {
  const types = allServices().get(prefix)?.split("\t")[0] ?? "";
  return types === "" ? [] : types.split(" ");
}

/**
 * What is known of an action (`service:Name`, any case); undefined for one that the list does not have.
 *
 * @example
 * ```ts
 * import { action } from "iam-baseline/iam";
 *
 * action("s3:getobject")?.name; // "s3:GetObject"
 * action("s3:GetObjekt"); // undefined
 * ```
 */
export function action(name: string): Action | undefined {
  const [prefix, own] = split(name.toLowerCase());
  return service(prefix).get(own);
}

/**
 * @example
 * ```ts
 * import { isKnownAction } from "iam-baseline/iam";
 *
 * isKnownAction("sts:AssumeRole"); // true
 * isKnownAction("sts:AsumeRole"); // false
 * ```
 */
export function isKnownAction(name: string): boolean {
  return action(name) !== undefined;
}

/**
 * Undefined for an action that the list does not have.
 *
 * @example
 * ```ts
 * import { accessLevel } from "iam-baseline/iam";
 *
 * accessLevel("iam:PutRolePolicy"); // "Permissions management"
 * ```
 */
export function accessLevel(name: string): AccessLevel | undefined {
  return action(name)?.accessLevel;
}

/**
 * Names of a service's actions as `service:Name`, sorted; none for an unknown service.
 *
 * @example
 * ```ts
 * import { actionsOfService } from "iam-baseline/iam";
 *
 * actionsOfService("sts").includes("sts:GetCallerIdentity"); // true
 * actionsOfService("nothing"); // []
 * ```
 */
export function actionsOfService(prefix: string): readonly string[] {
  return [...service(prefix.toLowerCase()).values()].map(({ name }) => name);
}

/**
 * The known actions that an Action element matches (`*` and `?`, any case), as `service:Name`, sorted.
 * A name without wildcards that the list does not have gives nothing: ask `isKnownAction` to tell.
 * Expanding `*` gives more than 20,000 names; answers are kept and shared: do not change them.
 *
 * @example
 * ```ts
 * import { expandActions } from "iam-baseline/iam";
 *
 * expandActions("iam:*LoginProfile"); // ["iam:CreateLoginProfile", "iam:DeleteLoginProfile", "iam:GetLoginProfile", "iam:UpdateLoginProfile"]
 * ```
 */
export function expandActions(pattern: string): readonly string[] {
  const wanted = pattern.toLowerCase();
  const known = expanded.get(wanted);
  if (known !== undefined) return known;
  const names = expand(wanted);
  expanded.set(wanted, names);
  return names;
}

function expand(pattern: string): readonly string[] {
  if (pattern === "*") return servicePrefixes().flatMap((prefix) => actionsOfService(prefix));
  const [prefix, own] = split(pattern);
  if (!/[*?]/.test(pattern)) {
    const name = service(prefix).get(own)?.name;
    return name === undefined ? [] : [name];
  }
  const matchesService = matcher(prefix);
  const matchesName = matcher(own);
  return servicePrefixes()
    .filter((candidate) => matchesService(candidate))
    .flatMap((candidate) => [...service(candidate)])
    .filter(([lowerCaseName]) => matchesName(lowerCaseName))
    .map(([, { name }]) => name);
}

/**
 * Whether a text matches a pattern of `*` and `?`, in time proportional to the product of their lengths at worst
 * (a regular expression with many `*` can take exponentially long on hostile policies).
 */
function matcher(pattern: string): (text: string) => boolean {
  if (!/[*?]/.test(pattern)) return (text) => text === pattern;
  return (text) => {
    let at = 0;
    let inPattern = 0;
    let star = -1;
    let retryAt = 0;
    while (at < text.length) {
      const symbol = pattern[inPattern];
      if (symbol === "*") {
        star = inPattern++;
        retryAt = at;
      } else if (symbol === "?" || symbol === text[at]) {
        inPattern++;
        at++;
      } else if (star >= 0) {
        inPattern = star + 1;
        at = ++retryAt;
      } else return false;
    }
    while (pattern[inPattern] === "*") inPattern++;
    return inPattern === pattern.length;
  };
}

function service(prefix: string): ReadonlyMap<string, Action> {
  const read = readServices.get(prefix);
  if (read !== undefined) return read;
  const line = allServices().get(prefix);
  if (line === undefined) return new Map();
  const actions = parseService(prefix, line);
  readServices.set(prefix, actions);
  return actions;
}

function parseService(prefix: string, line: string): ReadonlyMap<string, Action> {
  const [types = "", written = ""] = line.split("\t");
  const arns = types.split(" ");
  const actions = new Map<string, Action>();
  for (const entry of written.split(";")) {
    const [name = "", level = "", positions = ""] = entry.split(" ");
    const accessLevelOfEntry = LEVELS[level];
    if (accessLevelOfEntry === undefined) continue;
    const resources =
      positions === "" ? [] : positions.split(",").map((position) => resource(arns, position));
    actions.set(name.toLowerCase(), {
      name: `${prefix}:${name}`,
      accessLevel: accessLevelOfEntry,
      resources,
    });
  }
  return actions;
}

function resource(arns: readonly string[], position: string): ActionResource {
  const required = position.endsWith("!");
  return { arn: arns[Number.parseInt(position, 10)] ?? "", required };
}

function allServices(): ReadonlyMap<string, string> {
  services ??= linesByKey(data);
  return services;
}

function split(name: string): readonly [string, string] {
  const colon = name.indexOf(":");
  return colon < 0 ? [name, ""] : [name.slice(0, colon), name.slice(colon + 1)];
}
