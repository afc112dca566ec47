import ipaddr from "ipaddr.js";

/** Broader than this is no restriction: a single provider's whole allocation is smaller. */
const SHORTEST_PREFIX = { ipv4: 8, ipv6: 19 } as const;

/** Public ranges, and the ones that RFC 5737 and RFC 3849 keep for documentation, which examples use. */
const DOCUMENTATION = ["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32", "3fff::/20"];

/** The only form that IAM takes: no zone, no octal or hexadecimal part, no leading zero in the prefix length. */
const WRITTEN = /^(?:(?<ipv4>[0-9.]+)|[0-9A-Fa-f.:]*:[0-9A-Fa-f.:]*)\/(?:0|[1-9]\d*)$/;

export interface NetworkProblem {
  readonly expected: string;
  readonly remedy: string;
}

const FORM: NetworkProblem = {
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
      expected: "a network's address has no bits beyond its prefix length",
      remedy: `write "${first.toString()}/${prefix}"`,
    };
  }
  if (address.range() !== "unicast" && !isDocumentation(address)) {
    return {
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
