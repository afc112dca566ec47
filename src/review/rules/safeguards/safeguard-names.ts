import type { AccessGraph } from "../../../iam/graph";
import { UNKNOWN_PART } from "../../../iam/graph";
import { keyRulesOf } from "./key-rules";

/** ARNs of the roles of functions and schedules that keep credentials short-lived. */
export function guardedRoles({ safeguards }: AccessGraph): ReadonlySet<string> {
  const roles = safeguards.flatMap(({ attributes }) => {
    const targets = [attributes["target"]].flat() as ({ readonly role_arn?: unknown } | undefined)[];
    return [attributes["role"], ...targets.map((target) => target?.role_arn)];
  });
  return new Set(roles.filter((role) => typeof role === "string"));
}

const NAMED: Readonly<Record<string, readonly [service: string, kind: string]>> = {
  aws_lambda_function: ["lambda", "function:"],
  aws_scheduler_schedule: ["scheduler", "schedule/default/"],
  aws_cloudwatch_event_rule: ["events", "rule/"],
  aws_cloudwatch_log_group: ["logs", "log-group:"],
  aws_sqs_queue: ["sqs", ""],
  aws_sns_topic: ["sns", ""],
};

/**
 * Names and ARNs of the functions, schedules, queues, topics and log groups of an account in which key rules are kept;
 * none in an account without, whose functions are anybody's.
 */
export function guardedNames(graph: AccessGraph): ReadonlySet<string> {
  if (keyRulesOf(graph) === undefined) return new Set();
  const names = new Set<string>();
  const [arn = ""] = [...guardedRoles(graph)];
  const [, partition = "aws", , , account = ""] = arn.split(":");
  for (const { type, name } of graph.safeguards) {
    const named = NAMED[type];
    if (named === undefined || name.includes(UNKNOWN_PART)) continue;
    names.add(name);
    const [service, kind] = named;
    for (const region of regionsOf(graph))
      names.add(`arn:${partition}:${service}:${region}:${account}:${kind}${name}`);
  }
  return names;
}

/** Regions that the ARNs of the safeguards name. */
function regionsOf({ safeguards }: AccessGraph): ReadonlySet<string> {
  const text = JSON.stringify(safeguards.map(({ attributes }) => attributes));
  return new Set(
    [...text.matchAll(/arn:[^:"]*:(?:lambda|sqs|sns|logs|events|scheduler):([a-z0-9-]+):/g)].map(
      ([, region = ""]) => region,
    ),
  );
}
