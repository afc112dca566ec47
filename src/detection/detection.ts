import type { RuleReference } from "../findings/rule";
import type { Severity } from "../findings/severity";
import type { DetectionScope } from "./detection-scope";
import type { AccountEvent } from "./event/account-event";
import type { EventPattern } from "./pattern/pattern";

/**
 * Where the events of a detection are delivered.
 *
 * - `global`: the control plane's region alone (us-east-1): IAM
 * - `home`: the region of the environment
 * - `both`: either, as people call regional endpoints too
 * - `health`: us-east-1 and us-west-2, where AWS Health sends what concerns a whole account
 */
export type DetectionPlace = "global" | "home" | "both" | "health";

/** What one event means, beside what the detection says of all of them. */
export interface Verdict {
  /** What was done, to be put after who did it: `made an access key for user work`. */
  readonly what: string;
  /** @default the detection's own */
  readonly severity?: Severity;
  /** Name of the user, role or thing that it was done to: repeats of the same are told once. */
  readonly subject?: string;
  /** What the environment says of it: `the environment declares no such user`. */
  readonly declared?: string;
}

/**
 * What is declared of a detection, once: the rule on the event bus, the sentence, its runbook's head, `docs/runbooks`
 * and `baseline explain` come from it. It stands in a file of its own.
 */
export interface Detection<Id extends string = string> {
  /** Kebab-case and stable: names of rules on the bus, runbooks and settings hold it. Unique among rules, too. */
  readonly id: Id;
  /** A sentence that says what happened, without a full stop: `The root user was used`. */
  readonly title: string;
  readonly severity: Severity;
  /** Severities that single events can have besides, by what they hold. @default none */
  readonly otherSeverities?: readonly Severity[];
  /** Told at once, or in the digest. @default at once from medium up */
  readonly urgency?: "at-once" | "digest";
  readonly place: DetectionPlace;
  /** Calls that only read count, too: needs a rule that is sent all management events. @default false */
  readonly reads?: boolean;
  /** The response acts on it, where the environment asks for one. @default false */
  readonly responds?: boolean;
  /** Why it matters: what somebody can do, or what nobody will see. One to four sentences. */
  readonly why: string;
  /** An event that it tells of, and one beside it that it does not; a sentence each. */
  readonly example: { readonly told: string; readonly notTold: string };
  readonly reference?: RuleReference;
  /** Version of this package that first had it. */
  readonly since: string;
  readonly pattern: (scope: DetectionScope) => EventPattern;
  /** What one event means; nothing: it is as it should be, which a pattern alone cannot tell. */
  readonly judge: (event: AccountEvent, scope: DetectionScope) => Verdict | undefined;
}

/** Keeps the id as a type, so that whoever names the detection by a literal is checked. */
export function defineDetection<const Id extends string>(detection: Detection<Id>): Detection<Id> {
  return detection;
}

/** Whether people are told at once. */
export function isUrgent(severity: Severity, { urgency }: Pick<Detection, "urgency">): boolean {
  if (urgency !== undefined) return urgency === "at-once";
  return severity === "critical" || severity === "high" || severity === "medium";
}
