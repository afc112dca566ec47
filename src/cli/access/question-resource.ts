import { OPTION_VALUE_INVALID } from "../../catalogue/commands/option-refusals";
import { Refusal } from "../../findings/refusal";
import { type ActionResource, action } from "../../iam/actions";
import { arnFault } from "../../iam/names/arn-fault";
import { globsOverlap } from "../../iam/names/globs-overlap";
import { partitions } from "../../iam/names/regions";
import { isOnRole } from "../../report/question-resources";

/**
 * A resource that none of the actions can be on is one that nobody is allowed, which would read as an answer.
 *
 * @param actions by name, without wildcards
 * @throws Refusal
 */
export function refuseOtherResource(resource: string, actions: readonly string[]): void {
  const others = actions.filter((name) => !isOnRole(name));
  if (others.length < actions.length) return;
  const [, partition = "aws"] = resource.split(":");
  const fault = arnFault(resource, partitions().includes(partition) ? partition : "aws");
  if (fault !== undefined) throw refusal(resource, fault.expected, fault.remedy);
  const known = others.flatMap((name) => action(name) ?? []);
  if (known.length < others.length || known.some(({ resources }) => isOneOf(resource, resources))) return;
  const patterns = [...new Set(known.flatMap(({ resources }) => resources.map(({ arn }) => arn)))];
  if (patterns.length === 0) {
    throw refusal(resource, '"*": the action is on no resource', "leave --resource out");
  }
  const more = patterns.length > 4 ? `, or one of ${patterns.length - 4} further types` : "";
  throw refusal(
    resource,
    `a resource that the action can be on (${patterns.slice(0, 4).join(", ")}${more})`,
    "write its ARN, or leave --resource out for what the policies name",
  );
}

function refusal(resource: string, expected: string, remedy: string): Refusal {
  return new Refusal(OPTION_VALUE_INVALID, {
    where: "--resource",
    expected,
    got: JSON.stringify(resource),
    remedy,
  });
}

/** `*` is what actions on no resource are asked about, and a pattern of everything elsewhere. */
function isOneOf(resource: string, types: readonly ActionResource[]): boolean {
  if (resource === "*") return true;
  return types.some(({ arn }) => globsOverlap(arn.replace(/\$\{[^}]*\}/g, "*"), resource));
}
