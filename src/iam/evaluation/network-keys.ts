import type { AccessRequest } from "../request";
import { ABSENT, type ContextEntry, one, unknownEntry, unvalued } from "./context-entry";

/**
 * What the way of the request puts into it: addresses, VPCs, services in between. A public address and a VPC
 * exclude each other. Requests go over TLS unless the request's own `context` says otherwise.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourceip
 */
export function networkKey(key: string, request: AccessRequest): ContextEntry | undefined {
  const { network } = request;
  const via = request.viaAwsService === true;
  switch (key) {
    case "aws:sourceip":
      return network !== "none" && "sourceIp" in network ? one(network.sourceIp) : ABSENT;
    case "aws:sourcevpc":
      return network !== "none" && "vpc" in network ? one(network.vpc) : ABSENT;
    case "aws:sourcevpce":
      return vpcKey(request, "vpcEndpoint", "the VPC endpoint is not part of the question");
    case "aws:vpcsourceip":
      return vpcKey(request, "vpcSourceIp", "the address within the VPC is not part of the question");
    case "aws:sourcevpcarn":
    case "aws:vpceaccount":
    case "aws:vpceorgid":
    case "aws:vpceorgpaths":
      if (network === "none" || !("vpc" in network)) return ABSENT;
      return unknownEntry(`${key} of ${network.vpc} is not known`);
    case "aws:viaawsservice":
      return one(String(via));
    case "aws:calledvia":
    case "aws:calledviafirst":
    case "aws:calledvialast":
      return via ? unvalued("through which services the request came is not part of the question") : ABSENT;
    case "aws:securetransport":
      return one("true");
    case "aws:currenttime":
    case "aws:epochtime":
      return unvalued("the time of the request is not part of the question");
    default:
      return undefined;
  }
}

function vpcKey(request: AccessRequest, field: "vpcEndpoint" | "vpcSourceIp", reason: string): ContextEntry {
  const { network } = request;
  if (network === "none" || !("vpc" in network)) return ABSENT;
  const value = network[field];
  return value === undefined ? unvalued(reason) : one(value);
}
