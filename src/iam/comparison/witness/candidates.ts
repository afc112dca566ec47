import { action, actionsOfService, expandActions, servicePrefixes } from "../../actions";
import type { Grant } from "../grant";
import { isSetCovered, setsMeet } from "../pattern-sets";
import type { Atom } from "../remainder";
import { concrete, foreignTo } from "./concrete";

/** Actions of one piece that are tried. */
const MOST_ACTIONS = 600;

/** Actions that a piece holds, in AWS's spelling. Those that no list has are written as the pattern has them. */
export function actionsOf({ actions }: Atom): readonly string[] {
  if (!actions.negated) {
    return actions.patterns
      .flatMap((pattern) => {
        const known = spread(expandActions(pattern));
        return known.length > 0 ? known : [concrete(pattern === "*" ? "s3:GetObject" : pattern)];
      })
      .slice(0, MOST_ACTIONS);
  }
  const others = servicePrefixes().flatMap((prefix) => spread(actionsOfService(prefix)).slice(0, 3));
  return others
    .filter((name) => !isSetCovered(only(name.toLowerCase()), [{ ...actions, negated: false }]))
    .slice(0, MOST_ACTIONS);
}

/** A few from everywhere where there are too many. */
function spread(names: readonly string[]): readonly string[] {
  if (names.length <= MOST_ACTIONS) return names;
  const step = Math.ceil(names.length / MOST_ACTIONS);
  return names.filter((_, index) => index % step === 0);
}

/** Resources that an action acts on and a piece holds: from its own patterns, and from what the other side names. */
export function resourcesOf(
  name: string,
  { resources }: Atom,
  grants: readonly Grant[],
  variables: Readonly<Record<string, string>>,
): readonly string[] {
  const own = resources.negated ? [] : resources.patterns;
  const others = grants.flatMap((grant) => grant.resources.patterns);
  const typed = action(name)?.resources.map(({ arn }) => example(arn)) ?? [];
  const candidates = [
    ...own.filter((pattern) => pattern !== "*").map((pattern) => concrete(pattern, variables)),
    ...typed,
    ...others.filter((pattern) => pattern !== "*").map((pattern) => concrete(pattern, variables)),
    foreignTo([...own, ...others].filter((pattern) => pattern !== "*")),
    "*",
  ];
  return [...new Set(candidates)]
    .filter((resource) => setsMeet(only(literal(resource)), resources))
    .slice(0, 24);
}

/** `arn:${Partition}:s3:::${BucketName}/${ObjectName}` with its parts filled in. */
function example(arn: string): string {
  return arn.replace(/\$\{(\w+)\}/g, (_, part: string) => {
    if (part === "Partition") return "aws";
    if (part === "Region") return "eu-central-1";
    return part === "Account" ? "111122223333" : "example-7q2m";
  });
}

const only = (pattern: string) => ({ patterns: [pattern], negated: false });
const literal = (text: string) => text.replace(/[*?]/g, (sign) => `\${${sign}}`);
