import type { Network } from "../../iam/request";

/** A network in words. */
export function describeNetwork(network: Network): string {
  if (network === "none") return "an unknown place (neither address nor VPC)";
  return "vpc" in network ? `VPC ${network.vpc}` : `address ${network.sourceIp}`;
}
