import { listOf, type OneOrMany, type Statement } from "../policy-document";
import { actionFault } from "./action-fault";
import { arnFault } from "./arn-fault";
import { conditionFaults } from "./condition-faults";
import type { NameFault } from "./name-fault";
import { variableFaults } from "./variable-faults";

/**
 * Every name in a statement that is none: actions, resources, condition keys and their values, policy variables.
 * A misspelt name is accepted by IAM and means nothing: an Allow that allows nothing, a Deny that denies nothing.
 *
 * @param partition the partition in which the statement will be in force, `aws`
 */
export function statementFaults(statement: Statement, partition: string): readonly NameFault[] {
  return [
    ...each("Action", statement.Action, (action) => [actionFault(action)]),
    ...each("NotAction", statement.NotAction, (action) => [actionFault(action)]),
    ...each("Resource", statement.Resource, (resource) => resourceFaults(resource, partition)),
    ...each("NotResource", statement.NotResource, (resource) => resourceFaults(resource, partition)),
    ...conditionFaults(statement, partition),
  ];
}

type Fault = Omit<NameFault, "path">;

function each(
  element: string,
  values: OneOrMany<string> | undefined,
  judge: (value: string) => readonly (Fault | undefined)[],
): readonly NameFault[] {
  return listOf(values).flatMap((value, index) => {
    const path = Array.isArray(values) ? [element, index] : [element];
    return judge(value).flatMap((fault) => (fault === undefined ? [] : [{ path, ...fault }]));
  });
}

function resourceFaults(resource: string, partition: string): readonly (Fault | undefined)[] {
  const fault = arnFault(resource, partition);
  return [...variableFaults(resource), fault && { name: resource, ...fault }];
}
