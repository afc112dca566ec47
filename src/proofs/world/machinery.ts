import { listeningRegions, wantedDetections } from "../../detection/scope-of";
import { policyName } from "../../environment/account-names";
import { IamArns } from "../../environment/arns";
import { type Detection, ownTrail } from "../../environment/detection";
import type { Environment } from "../../environment/environment";

/** A part of the baseline itself, which nobody below administrator may change. */
export interface Machine {
  /** In words: `the state`, `the function baseline-deactivate-access-keys`. */
  readonly what: string;
  readonly arns: readonly string[];
}

/** Functions on a schedule that an environment runs, with everything that `ScheduledFunction` makes for each. */
const FUNCTIONS = ["deactivate-access-keys", "audit-credential-report"] as const;
/** Queues besides those of every function. */
const QUEUES = ["deactivate-access-keys-reports"] as const;
const ALARMS = [
  "failed-keys",
  "heartbeat",
  "errors",
  "failures",
  "undelivered",
  "target-errors",
  "dropped",
] as const;
const STACKS = ["identity", "credential-hygiene", "detection", "state-backend"] as const;

/**
 * What keeps an environment's rules in force: the one place that says so. IAM's part (groups, policies, trust, providers)
 * follows from the graph; a stack that adds machinery adds its line here.
 */
export function machineryOf(environment: Environment): readonly Machine[] {
  return [
    ...state(environment),
    ...(environment.keyRules === undefined ? [] : hygiene(environment)),
    ...(environment.detection === undefined ? [] : detection(environment, environment.detection)),
  ];
}

/** Whoever writes the state says what Terraform does next; whoever holds the lock says when. */
function state({ backend, partition, name }: Environment): readonly Machine[] {
  if (backend.type !== "s3") return [];
  const bucket = `arn:${partition}:s3:::${backend.bucket}`;
  const keys = STACKS.map((stack) => `${bucket}/${backend.keyPrefix}${name}/${stack}.tfstate`);
  return [
    {
      what: "the bucket of the state, and its lock",
      arns: [bucket, ...keys, ...keys.map((key) => `${key}.tflock`)],
    },
    ...(backend.kmsKeyArn === undefined ? [] : [{ what: "the key of the state", arns: [backend.kmsKeyArn] }]),
  ];
}

function hygiene(environment: Environment): readonly Machine[] {
  const { partition, region, accountId } = environment;
  const arn = (service: string, resource: string) =>
    `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
  return [
    ...FUNCTIONS.flatMap((name) => scheduledFunction(environment, name)),
    {
      what: "the queues of reports",
      arns: QUEUES.map((queue) => arn("sqs", policyName(environment, queue))),
    },
    {
      what: "the topic of alarms, and its subscriptions",
      arns: [
        arn("sns", policyName(environment, "credential-hygiene")),
        `${arn("sns", policyName(environment, "credential-hygiene"))}:00000000-0000-0000-0000-000000000000`,
      ],
    },
  ];
}

/** What `EventFunction` makes of a function. */
function eventFunction(environment: Environment, role: string): readonly Machine[] {
  const { partition, region, accountId } = environment;
  const arn = (service: string, resource: string) =>
    `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
  const name = policyName(environment, role);
  return [
    { what: `the function ${name}`, arns: [arn("lambda", `function:${name}`)] },
    { what: `the roles of ${name}`, arns: [new IamArns(environment).role(name)] },
    { what: `the queues of ${name}`, arns: [arn("sqs", `${name}-failures`)] },
    { what: `the log of ${name}`, arns: [arn("logs", `log-group:/aws/lambda/${name}`)] },
    {
      what: `the alarms of ${name}`,
      arns: ["errors", "failures"].map((alarm) => arn("cloudwatch", `alarm:${name}-${alarm}`)),
    },
  ];
}

/** What `ScheduledFunction` makes of a function. */
function scheduledFunction(environment: Environment, role: string): readonly Machine[] {
  const { partition, region, accountId } = environment;
  const arn = (service: string, resource: string) =>
    `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
  const iam = new IamArns(environment);
  const name = policyName(environment, role);
  return [
    { what: `the function ${name}`, arns: [arn("lambda", `function:${name}`)] },
    { what: `the roles of ${name}`, arns: [iam.role(name), iam.role(`${name}-schedule`)] },
    {
      what: `the schedule of ${name}`,
      arns: [arn("scheduler", `schedule/${name}/${name}`), arn("scheduler", `schedule-group/${name}`)],
    },
    {
      what: `the queues of ${name}`,
      arns: [arn("sqs", `${name}-failures`), arn("sqs", `${name}-undelivered`)],
    },
    {
      what: `the log of ${name}`,
      arns: [
        arn("logs", `log-group:/aws/lambda/${name}`),
        arn("logs", `log-group:/aws/lambda/${name}:log-stream:latest`),
      ],
    },
    {
      what: `the alarms of ${name}`,
      arns: ALARMS.map((alarm) => arn("cloudwatch", `alarm:${name}-${alarm}`)),
    },
  ];
}

/** The detection stack: rules in every region in which they listen, the bus, the function, the trail and its bucket. */
function detection(environment: Environment, settings: Detection): readonly Machine[] {
  const { partition, region: home, accountId } = environment;
  const arn = (service: string, resource: string, region = home) =>
    `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
  const named = (name: string) => policyName(environment, name);
  const rules = wantedDetections(settings).flatMap(({ id, place }) =>
    listeningRegions(place, environment).map((region) => arn("events", `rule/${named(id)}`, region)),
  );
  const responding = wantedDetections(settings)
    .filter(({ responds }) => responds === true && environment.respond?.leakedKeys === true)
    .map(({ id }) => arn("events", `rule/${named("detection")}/${named(`respond-${id}`)}`));
  const trail = ownTrail(settings.trail);
  const bucket = trail && `arn:${partition}:s3:::${trail.bucket ?? named(`trail-${accountId}`)}`;
  return [
    ...scheduledFunction(environment, "notify"),
    ...(environment.respond === undefined ? [] : eventFunction(environment, "respond")),
    { what: "the rules of detection", arns: [...rules, ...responding] },
    {
      what: "the bus of detection, and the role that hands events over to it",
      arns: [
        arn("events", `event-bus/${named("detection")}`),
        new IamArns(environment).role(named("detection-forward")),
      ],
    },
    {
      what: "the topic of detection, and its subscriptions",
      arns: [
        arn("sns", named("detection")),
        `${arn("sns", named("detection"))}:00000000-0000-0000-0000-000000000000`,
      ],
    },
    { what: "the queue of the digest", arns: [arn("sqs", named("notify-digest"))] },
    ...(trail === undefined
      ? []
      : [
          { what: "the trail", arns: [arn("cloudtrail", `trail/${trail.name ?? named("trail")}`)] },
          {
            what: "the bucket of the trail",
            arns: bucket === undefined ? [] : [bucket, `${bucket}/AWSLogs/x`],
          },
        ]),
  ];
}
