import { redact } from "../findings/mask";
import { type Severity, worstSeverity } from "../findings/severity";
import type { Detection } from "./detection";
import type { DetectionScope } from "./detection-scope";
import { AccountEvent } from "./event/account-event";
import { actorWords, placeWords, timeWords } from "./event/words";
import { matchesPattern } from "./pattern/matches";

/** One event, ready to be told to a person. No key id is in it. */
export interface Told {
  readonly detection: string;
  readonly severity: Severity;
  /** At most a hundred characters. */
  readonly subject: string;
  /** Who did what, from where, when, whether the environment declares it, what to do, and where to read on. */
  readonly sentence: string;
  /** Equal for repeats of the same: by the same, to the same. */
  readonly fold: string;
}

type Raw = Readonly<Record<string, unknown>>;

/**
 * An event in the words of the first detection that finds something in it, as grave as the gravest: root that makes a key
 * for a user is told as a key that was made, and as root.
 */
export function tellFirst(
  detections: readonly Detection[],
  raw: Raw,
  scope: DetectionScope,
): { readonly detection: Detection; readonly told: Told } | undefined {
  const found = detections.flatMap((detection) => {
    if (!matchesPattern(detection.pattern(scope), raw)) return [];
    const told = tell(detection, raw, scope);
    return told === undefined ? [] : [{ detection, told }];
  });
  const [first] = found;
  if (first === undefined) return undefined;
  const worst = worstSeverity(found.map(({ told }) => told)) ?? first.told.severity;
  const told = tell(first.detection, raw, scope, worst);
  return told === undefined ? undefined : { detection: first.detection, told };
}

/** The event in words; nothing where the detection finds it as it should be. */
export function tell(
  detection: Detection,
  raw: Raw,
  scope: DetectionScope,
  asGraveAs?: Severity,
): Told | undefined {
  const event = new AccountEvent(raw);
  const verdict = detection.judge(event, scope);
  if (verdict === undefined) return undefined;
  const { actor } = event;
  const who = actorWords(actor, scope);
  const severity = asGraveAs ?? verdict.severity ?? detection.severity;
  const refused = event.error === undefined ? "" : `, and was refused (${event.error})`;
  const mfa = actor.mfa === undefined ? "" : actor.mfa ? ", with MFA" : ", without MFA";
  const isCall = actor.type !== undefined;
  const happened = isCall
    ? `${capital(who)} ${verdict.what}${refused} ${placeWords(event, scope)}${mfa}, ${timeWords(event, scope)}.`
    : `${capital(verdict.what)}, ${timeWords(event, scope)}.`;
  const declared = verdict.declared === undefined ? "" : ` ${capital(verdict.declared)}.`;
  return {
    detection: detection.id,
    severity,
    subject: redact(`[${scope.environment}] ${severity}: ${detection.title}`).slice(0, 100),
    sentence: redact(`${happened}${declared} What to do: ${scope.runbooks}${detection.id}.md`),
    fold: [detection.id, severity, who, verdict.subject ?? verdict.what].join("\n"),
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
