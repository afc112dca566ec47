import type { EscalationMethod } from "./method";

/** A service is given a role and code of the caller's. */
export function passing(
  service: string | readonly string[],
  actions: readonly string[],
  source: string,
): EscalationMethod {
  const services = typeof service === "string" ? [service] : service;
  const needs = ["iam:PassRole", ...actions];
  const title = `a role that holds more, passed to ${services[0] ?? "a service"}`;
  return { id: needs.join("+"), title, needs, gain: { kind: "passed-role", services }, source };
}

/** What a service already runs as a role is given code of the caller's. */
export function running(
  service: string | readonly string[],
  needs: readonly string[],
  source: string,
): EscalationMethod {
  const services = typeof service === "string" ? [service] : service;
  const title = `the caller's code in what runs as a role of ${services[0] ?? "a service"}`;
  return { id: needs.join("+"), title, needs, gain: { kind: "running-role", services }, source };
}
