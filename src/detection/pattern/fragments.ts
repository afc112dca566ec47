import { API_CALL } from "./known-events";
import type { EventPattern } from "./pattern";

/**
 * A record that no session of these roles made: also not of root, of an IAM user or of a service, who have no session
 * issuer. `anything-but` alone would leave those out, because it asks for the field to be there.
 *
 * @param roles ARN patterns, `*` stands for anything; none: whoever it was
 */
export function notBySessionsOf(roles: readonly string[]): EventPattern {
  if (roles.length === 0) return {};
  const issuer = (
    arn: readonly [{ exists: false }] | readonly [{ "anything-but": { wildcard: readonly string[] } }],
  ) => ({
    userIdentity: { sessionContext: { sessionIssuer: { arn } } },
  });
  return {
    $or: [issuer([{ exists: false }]), issuer([{ "anything-but": { wildcard: roles } }])],
  };
}

/** Calls of one service that were not refused. */
export function callsOf(
  service: string,
  eventName: readonly string[],
  detail: EventPattern = {},
): EventPattern {
  return anyCallsOf(service, eventName, { errorCode: [{ exists: false }], ...detail });
}

/** Calls of one service, refused ones too: somebody tried. */
export function anyCallsOf(
  service: string,
  eventName: readonly string[],
  detail: EventPattern = {},
): EventPattern {
  return {
    source: [`aws.${service}`],
    "detail-type": [API_CALL],
    detail: { eventSource: [`${service}.amazonaws.com`], eventName, ...detail },
  };
}
