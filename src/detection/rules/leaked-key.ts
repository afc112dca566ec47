import { defineDetection } from "../detection";
import { drillPattern, isDrill } from "../drill";
import type { AccountEvent } from "../event/account-event";
import { quoted, userWords } from "../event/words";

export const LEAKED_KEY = defineDetection({
  id: "leaked-key",
  title: "AWS knows of a credential that leaked",
  severity: "critical",
  place: "health",
  responds: true,
  why: "AWS finds access keys on GitHub and elsewhere, usually minutes after they were pushed; so do others. From then on whoever has read the key acts as its user.",
  example: {
    told: "AWS Health says AWS_RISK_CREDENTIALS_EXPOSED of a key of user work (service RISK, not IAM).",
    notTold: "AWS Health tells of an operational issue of IAM (service IAM).",
  },
  reference: {
    title: "AWS Health: events for your account in EventBridge",
    url: "https://docs.aws.amazon.com/health/latest/ug/choosing-a-region.html",
  },
  since: "0.2.0",
  pattern: (scope) => ({
    $or: [
      {
        source: ["aws.health"],
        "detail-type": ["AWS Health Event"],
        detail: { service: ["RISK"], eventTypeCode: [{ prefix: "AWS_RISK_" }] },
      },
      drillPattern(scope),
    ],
  }),
  judge: (event, scope) => {
    const users = affectedUsers(event);
    const code = event.text("detail.eventTypeCode") ?? "AWS_RISK";
    const whose =
      users.length === 0 ? "the account" : users.map((name) => userWords(name, scope)).join(" and ");
    return {
      what: `${isDrill(event.raw, scope) ? "(drill) " : ""}AWS Health says ${quoted(code, 80)} of ${whose}`,
      subject: `${code} ${users.join()}`,
    };
  },
});

/**
 * Users that a Health event of service RISK is about: its entities are user names, ARNs, or access key ids, of which
 * nobody can tell the user without asking IAM.
 *
 * @see https://docs.aws.amazon.com/health/latest/ug/aws-health-events-eventbridge-schema.html
 */
export function affectedUsers(event: AccountEvent): readonly string[] {
  return entitiesOf(event).flatMap((entity) => {
    if (isAccessKeyId(entity)) return [];
    const arn = /^arn:aws[a-z-]*:iam::\d{12}:user\/(?:.*\/)?([^/]+)$/.exec(entity);
    if (arn !== null) return [arn[1] ?? entity];
    return /^[\w+=,.@-]{1,64}$/.test(entity) && !/^\d{12}$/.test(entity) ? [entity] : [];
  });
}

/** Access key ids that the event names. */
export function affectedKeys(event: AccountEvent): readonly string[] {
  return entitiesOf(event).filter(isAccessKeyId);
}

function entitiesOf(event: AccountEvent): readonly string[] {
  const entities = event.value("detail.affectedEntities");
  if (!Array.isArray(entities)) return [];
  const values = entities.flatMap((entity: unknown) => {
    const value = (entity as { entityValue?: unknown } | null)?.entityValue;
    return typeof value === "string" ? [value] : [];
  });
  return [...new Set(values)];
}

function isAccessKeyId(text: string): boolean {
  return /^(?:AKIA|ASIA)[A-Z0-9]{12,28}$/.test(text);
}
