import type { Statement } from "../iam/policy-document";

/** Keeps CI jobs to the networks of their own runners. CI users have no MFA, so this is not the guard. */
export function denyOutsideRunnerNetworks(cidrs: readonly string[]): Statement {
  return {
    Sid: "DenyOutsideRunnerNetworks",
    Effect: "Deny",
    Action: "*",
    Resource: "*",
    Condition: {
      NotIpAddressIfExists: { "aws:SourceIp": cidrs },
      BoolIfExists: { "aws:ViaAWSService": "false" },
    },
  };
}
