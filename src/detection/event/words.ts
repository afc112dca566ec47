import ipaddr from "ipaddr.js";
import { printable } from "../../findings/printable";
import { type DetectionScope, type ScopedUser, scopePaths } from "../detection-scope";
import { wildcardExpression } from "../pattern/wildcard";
import type { AccountEvent, Actor } from "./account-event";
import { lastOf } from "./account-event";

/** Texts of events are others': what is told of one is short and steers no terminal. */
export function quoted(text: string, most = 120): string {
  const clean = printable(text);
  return clean.length > most ? `${clean.slice(0, most)}...` : clean;
}

/** `the root user`, `user work (device of alice)`, `role admin-k7q2m9xd (session work)`. */
export function actorWords(actor: Actor, scope: DetectionScope): string {
  const { type, arn, userName, roleArn, sessionName } = actor;
  if (type === "Root") return "the root user";
  if (roleArn !== undefined && sessionName !== undefined)
    return `role ${quoted(lastOf(roleArn) ?? roleArn)} (session ${quoted(sessionName)})`;
  if (userName !== undefined) return userWords(userName, scope);
  if (arn !== undefined) return quoted(arn.replace(/^arn:[^:]+:[^:]*:[^:]*:\d*:/, ""));
  return type === undefined ? "AWS" : `somebody (${quoted(type)})`;
}

/** A user by name, and what the environment says of it. */
export function userWords(name: string, scope: DetectionScope): string {
  const user = declaredUser(name, scope);
  if (user === undefined) return `user ${quoted(name)}`;
  const kind = { device: "device", ci: "repository", "break-glass": "break-glass user" }[user.kind];
  return `user ${quoted(name)} (${kind}${user.owner === undefined ? "" : ` of ${user.owner}`})`;
}

/** Names are unique in an account without regard to case. */
export function declaredUser(name: string, { users }: DetectionScope): ScopedUser | undefined {
  return users?.find((user) => user.name.toLowerCase() === name.toLowerCase());
}

/** Whether the environment declares a user, in words; where its settings hold no names, only the path tells. */
export function declaredWords(name: string | undefined, scope: DetectionScope): string | undefined {
  if (name === undefined) return undefined;
  if (scope.users === undefined)
    return `whether environment ${scope.environment} declares user ${quoted(name)} is not known here: it has too many users`;
  return declaredUser(name, scope) === undefined
    ? `environment ${scope.environment} declares no user ${quoted(name)}`
    : `environment ${scope.environment} declares user ${quoted(name)}`;
}

/** `from 203.0.113.7 (an allowed network)`. */
export function placeWords({ sourceIp }: AccountEvent, scope: DetectionScope): string {
  if (sourceIp === undefined) return "from an address that the record does not hold";
  if (!ipaddr.isValid(sourceIp)) return `by ${quoted(sourceIp)}`;
  return `from ${sourceIp} (${isAllowed(sourceIp, scope) ? "an allowed network" : "outside the allowed networks"})`;
}

export function isAllowed(address: string, { networks }: DetectionScope): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  return networks.some((network) => {
    if (!ipaddr.isValidCIDR(network)) return false;
    const [base, bits] = ipaddr.parseCIDR(network);
    return base.kind() === parsed.kind() && parsed.match(base, bits);
  });
}

/** `at 2026-11-25 12:34:56 (Asia/Tokyo), in us-east-1`. */
export function timeWords({ time, region }: AccountEvent, { timeZone }: DetectionScope): string {
  const moment = new Date(time);
  const at = Number.isNaN(moment.getTime()) ? "at an unknown time" : `at ${localTime(moment, timeZone)}`;
  return region === "" ? at : `${at}, in ${quoted(region, 30)}`;
}

export function localTime(moment: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("sv-SE", {
    timeZone,
    dateStyle: "short",
    timeStyle: "medium",
  }).format(moment);
  return `${parts} (${timeZone})`;
}

/** The path in a user's or role's ARN. */
export function isOurs(arn: string | undefined, scope: DetectionScope): boolean {
  return arn?.includes(scopePaths(scope).root) ?? false;
}

/** Whether a session of a deployment role acted. */
export function isDeployment({ roleArn }: Actor, { deploymentRoles }: DetectionScope): boolean {
  if (roleArn === undefined) return false;
  return deploymentRoles.some((pattern) => wildcardExpression(pattern)?.test(roleArn) ?? false);
}
