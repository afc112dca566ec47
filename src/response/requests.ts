import type { DetectionScope } from "../detection/detection-scope";
import { isDrill } from "../detection/drill";
import { AccountEvent } from "../detection/event/account-event";
import { matchesPattern } from "../detection/pattern/matches";
import { affectedKeys, affectedUsers, LEAKED_KEY } from "../detection/rules/leaked-key";
import { QUARANTINE_ATTACHED } from "../detection/rules/quarantine-attached";

/** What somebody asks of the response: by AWS's word, or a person's. */
export interface AskedResponse {
  readonly userNames: readonly string[];
  /** Access keys whose users only IAM knows. */
  readonly keyIds: readonly string[];
  readonly reason: string;
  /** Absent: a person asks, now. */
  readonly happenedAt?: Date;
  readonly drill: boolean;
}

/**
 * What an event asks of the response; nothing where it asks for none. Only AWS sends events of sources that begin with
 * `aws.`: whoever else may put events on the bus cannot forge them.
 *
 * A person's call is `{"respond": {"user": NAME, "reason": TEXT}}`, to the function itself.
 */
export function askedOf(raw: unknown, scope: DetectionScope): AskedResponse | undefined {
  if (typeof raw !== "object" || raw === null) return undefined;
  const event = new AccountEvent(raw as Readonly<Record<string, unknown>>);
  const user = event.text("respond.user");
  if (user !== undefined && event.source === "") {
    const reason = event.text("respond.reason") ?? "a person's call";
    return { userNames: [user], keyIds: [], reason, drill: false };
  }
  const at = new Date(event.time);
  const happenedAt = Number.isNaN(at.getTime()) ? {} : { happenedAt: at };
  const drill = isDrill(event.raw, scope);
  if (matchesPattern(LEAKED_KEY.pattern(scope), event.raw)) {
    const reason = `AWS Health: ${event.text("detail.eventTypeCode") ?? "AWS_RISK"}`;
    return { userNames: affectedUsers(event), keyIds: affectedKeys(event), reason, ...happenedAt, drill };
  }
  if (event.error === undefined && matchesPattern(QUARANTINE_ATTACHED.pattern(scope), event.raw)) {
    const userName = event.parameter("userName");
    const userNames = userName === undefined ? [] : [userName];
    return { userNames, keyIds: [], reason: "AWS has quarantined the user", ...happenedAt, drill };
  }
  return undefined;
}
