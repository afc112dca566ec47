import type { AccountInventory, RegionalInventory } from "../aws/inventory";
import type { AccessGraph, Role } from "../iam/graph";
import type { Statement } from "../iam/policy-document";
import { type Gap, gapOf } from "./gaps";
import { type OwnSpace, safeguardsOf } from "./own-space";
import { policyIn } from "./plan/changed-attributes";
import type { UndeclaredFact } from "./undeclared-fact";

export interface WorkloadQuestion {
  readonly declared: readonly AccessGraph[];
  readonly actual: AccessGraph;
  readonly inventory: AccountInventory;
  readonly space: OwnSpace;
}

export interface UndeclaredWorkloads {
  readonly facts: readonly UndeclaredFact[];
  readonly gaps: readonly Gap[];
}

/**
 * Functions, schedules, subscriptions and permissions of functions that nobody declares, within the baseline's own
 * names: no plan shows what somebody added beside what Terraform made.
 */
export function undeclaredWorkloads(question: WorkloadQuestion): UndeclaredWorkloads {
  const { regional, notAsked } = question.inventory;
  if (regional === undefined) {
    const answer = {
      notChecked: notAsked ?? "the inventory is of an older version",
      isNotAsked: true,
    } as const;
    return {
      facts: [],
      gaps: [gapOf("undeclared-function", "functions, schedules and subscriptions", answer)],
    };
  }
  const parts = [
    functions(regional, question),
    permissions(regional, question.declared),
    schedules(regional, question),
    subscriptions(regional, question.declared),
  ];
  return { facts: parts.flatMap(({ facts }) => facts), gaps: parts.flatMap(({ gaps }) => gaps) };
}

function functions(
  { functions: answer, region }: RegionalInventory,
  { declared, actual, space }: WorkloadQuestion,
): UndeclaredWorkloads {
  if ("notChecked" in answer) {
    return { facts: [], gaps: [gapOf("undeclared-function", "functions", answer)] };
  }
  const known = new Set(safeguardsOf(declared, "aws_lambda_function").map(({ name }) => name));
  const roles = new Map<string, Role>(actual.roles.map((role) => [role.arn, role]));
  const facts = answer.value
    .filter((found) => space.holdsFunction(found) && !known.has(found.name))
    .map(({ name, role }): UndeclaredFact => {
      const own = roles.get(role);
      return {
        kind: "undeclared-function",
        address: `function/${name}`,
        name,
        region,
        roleArn: role,
        ...(own !== undefined && { role: own }),
      };
    });
  return { facts, gaps: [] };
}

function permissions(
  { functionPolicies, region }: RegionalInventory,
  declared: readonly AccessGraph[],
): UndeclaredWorkloads {
  const facts: UndeclaredFact[] = [];
  const gaps: Gap[] = [];
  for (const [name, answer] of Object.entries(functionPolicies)) {
    if ("notChecked" in answer) {
      gaps.push(gapOf("undeclared-function-permission", `the policy of function ${name}`, answer));
      continue;
    }
    const known = safeguardsOf(declared, "aws_lambda_permission").filter(
      ({ attributes }) => attributes["function_name"] === name,
    );
    const statements = policyIn(answer.value)?.Statement ?? [];
    const strange = statements.filter(
      (statement) => !known.some(({ attributes }) => isDeclaredBy(statement, attributes)),
    );
    if (strange.length === 0) continue;
    facts.push({
      kind: "undeclared-function-permission",
      address: `function/${name}/permission`,
      name,
      region,
      statements: strange,
    });
  }
  return { facts, gaps };
}

function isDeclaredBy(
  { Principal, Action }: Statement,
  attributes: Readonly<Record<string, unknown>>,
): boolean {
  const principals = Principal === undefined || Principal === "*" ? ["*"] : Object.values(Principal).flat();
  const { principal, action } = attributes;
  const isSameAction = typeof action === "string" && [Action].flat().includes(action);
  return isSameAction && principals.every((one) => one === principal || one.includes(String(principal)));
}

function schedules(
  { schedules: answer, functions: found, region }: RegionalInventory,
  { declared, space }: WorkloadQuestion,
): UndeclaredWorkloads {
  if ("notChecked" in answer) {
    return { facts: [], gaps: [gapOf("undeclared-schedule", "schedules", answer)] };
  }
  const known = new Set(
    safeguardsOf(declared, "aws_scheduler_schedule").map(
      ({ name, attributes }) => `${String(attributes["group_name"] ?? "default")}/${name}`,
    ),
  );
  const own = new Set([
    ...safeguardsOf(declared, "aws_lambda_function").map(({ name }) => name),
    ...("value" in found
      ? found.value.filter((one) => space.holdsFunction(one)).map(({ name }) => name)
      : []),
  ]);
  const facts = answer.value
    .filter(({ group, name }) => !known.has(`${group}/${name}`))
    .filter(({ group, target }) => space.holdsName(group) || own.has(functionIn(target)))
    .map(
      (schedule): UndeclaredFact => ({
        kind: "undeclared-schedule",
        address: `schedule/${schedule.group}/${schedule.name}`,
        region,
        schedule,
      }),
    );
  return { facts, gaps: [] };
}

/** Name of a function by its ARN; with a version or an alias, still the function's. */
function functionIn(arn: string): string {
  return /:function:([^:]+)/.exec(arn)?.[1] ?? "";
}

function subscriptions(
  { subscriptions: byTopic, region }: RegionalInventory,
  declared: readonly AccessGraph[],
): UndeclaredWorkloads {
  const facts: UndeclaredFact[] = [];
  const gaps: Gap[] = [];
  const known = new Set(
    safeguardsOf(declared, "aws_sns_topic_subscription").map(
      ({ attributes: { protocol, endpoint } }) => `${String(protocol)} ${String(endpoint)}`,
    ),
  );
  for (const [topicArn, answer] of Object.entries(byTopic)) {
    const topic = topicArn.slice(topicArn.lastIndexOf(":") + 1);
    if ("notChecked" in answer) {
      gaps.push(gapOf("undeclared-subscription", `subscriptions of topic ${topic}`, answer));
      continue;
    }
    for (const { arn, protocol, endpoint } of answer.value) {
      if (known.has(`${protocol} ${endpoint}`)) continue;
      const address = `subscription/${topic}/${protocol}/${endpoint}`;
      facts.push({ kind: "undeclared-subscription", address, topic, region, arn, protocol, endpoint });
    }
  }
  return { facts, gaps };
}
