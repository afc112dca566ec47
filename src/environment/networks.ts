import ipaddr from "ipaddr.js";
import { defineRefusal, type RefusalDeclaration } from "../findings/refusal";

export const NETWORK_INVALID = defineRefusal({
  code: "network-invalid",
  title: "An allowed network is not written as IAM takes it",
  why: "IAM takes an address with its prefix length, without bits beyond it. Other forms are refused at apply, or match another range than the one that was meant.",
  example:
    'environments/prod.ts: allowedNetworks[0]: a network\'s address has no bits beyond its prefix length, got "203.0.113.7/24"; write "203.0.113.0/24" [network-invalid]',
  remedy: "Write the network's own address: `203.0.113.0/24`, for one address `/32` or `/128`.",
  since: "0.1.0",
});

export const NETWORK_TOO_WIDE = defineRefusal({
  code: "network-too-wide",
  title: "An allowed network is so wide that it guards nothing",
  why: "`0.0.0.0/0` and its halves contain everybody. A condition that everybody meets only looks like one.",
  example:
    'environments/prod.ts: allowedNetworks[0]: an allowed network is /8 or narrower, got "0.0.0.0/0"; a network this wide guards nothing: list the networks that you really use [network-too-wide]',
  remedy: "List the networks that you really use.",
  since: "0.1.0",
});

export const NETWORK_NOT_PUBLIC = defineRefusal({
  code: "network-not-public",
  title: "An allowed network is one that no request comes from",
  why: "`aws:SourceIp` only ever holds public addresses: a private, loopback or multicast range denies everybody.",
  example:
    'environments/prod.ts: allowedNetworks[0]: aws:SourceIp is always a public address, got "10.0.0.0/8"; the range private would deny everybody: write the public address that you reach AWS from, or list the VPC in allowedVpcs [network-not-public]',
  remedy: "Write the public address that you reach AWS from, or list the VPC in `allowedVpcs`.",
  since: "0.1.0",
});

/** Broader than this is no restriction: a single provider's whole allocation is smaller. */
const SHORTEST_PREFIX = { ipv4: 8, ipv6: 19 } as const;

/** Public ranges, and the ones that RFC 5737 and RFC 3849 keep for documentation, which examples use. */
const DOCUMENTATION = ["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32", "3fff::/20"];

/** The only form that IAM takes: no zone, no octal or hexadecimal part, no leading zero in the prefix length. */
const WRITTEN = /^(?:(?<ipv4>[0-9.]+)|[0-9A-Fa-f.:]*:[0-9A-Fa-f.:]*)\/(?:0|[1-9]\d*)$/;

export interface NetworkProblem {
  readonly refusal: RefusalDeclaration;
  readonly expected: string;
  readonly remedy: string;
}

const FORM: NetworkProblem = {
  refusal: NETWORK_INVALID,
  expected:
    "an IPv4 or IPv6 network is an address with its prefix length, such as 203.0.113.0/24 or 2001:db8:1::/48",
  remedy: "write the public network that you reach AWS from",
};

/**
 * What is wrong with an allowed network, if anything.
 *
 * `aws:SourceIp` only ever holds public addresses: a private range would deny everybody.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourceip
 */
export function networkProblem(network: string): NetworkProblem | undefined {
  let address: ipaddr.IPv4 | ipaddr.IPv6;
  let prefix: number;
  try {
    [address, prefix] = ipaddr.parseCIDR(network);
    const written = WRITTEN.exec(network);
    const ipv4 = written?.groups?.["ipv4"];
    if (written === null || (ipv4 !== undefined && !ipaddr.IPv4.isValidFourPartDecimal(ipv4))) return FORM;
  } catch {
    const single =
      ipaddr.isValid(network) && (network.includes(":") || ipaddr.IPv4.isValidFourPartDecimal(network));
    return single
      ? { ...FORM, remedy: `for one address write "${network}/${network.includes(":") ? 128 : 32}"` }
      : FORM;
  }
  const kind = address.kind();
  if (prefix < SHORTEST_PREFIX[kind]) {
    return {
      refusal: NETWORK_TOO_WIDE,
      expected: `an allowed network is /${SHORTEST_PREFIX[kind]} or narrower`,
      remedy: "a network this wide guards nothing: list the networks that you really use",
    };
  }
  const first =
    kind === "ipv4"
      ? ipaddr.IPv4.networkAddressFromCIDR(network)
      : ipaddr.IPv6.networkAddressFromCIDR(network);
  if (first.toString() !== address.toString()) {
    return {
      refusal: NETWORK_INVALID,
      expected: "a network's address has no bits beyond its prefix length",
      remedy: `write "${first.toString()}/${prefix}"`,
    };
  }
  if (address.range() !== "unicast" && !isDocumentation(address)) {
    return {
      refusal: NETWORK_NOT_PUBLIC,
      expected: "aws:SourceIp is always a public address",
      remedy: `the range ${address.range()} would deny everybody: write the public address that you reach AWS from, or list the VPC in allowedVpcs`,
    };
  }
  return undefined;
}

function isDocumentation(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return DOCUMENTATION.some((range) => {
    const [base, bits] = ipaddr.parseCIDR(range);
    return base.kind() === address.kind() && address.match(base, bits);
  });
}
