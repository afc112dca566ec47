import { redact } from "../findings/mask";
import type { Severity } from "../findings/severity";
import type { Detection } from "./detection";
import type { DetectionScope } from "./detection-scope";
import { AccountEvent } from "./event/account-event";
import { actorWords, placeWords, timeWords } from "./event/words";

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

/** The event in words; nothing where the detection finds it as it should be. */
export function tell(
  detection: Detection,
  raw: Readonly<Record<string, unknown>>,
  scope: DetectionScope,
): Told | undefined {
  const event = new AccountEvent(raw);
  const verdict = detection.judge(event, scope);
  if (verdict === undefined) return undefined;
  const { actor } = event;
  const who = actorWords(actor, scope);
  const severity = verdict.severity ?? detection.severity;
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
