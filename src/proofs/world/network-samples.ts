import * as ipaddr from "ipaddr.js";
import { type IpRange, parseIpAddress, parseIpRange, rangeContains } from "../../iam/evaluation/ip-range";
import type { Network } from "../../iam/request";
import type { Expectation } from "./expectation";
import type { ConditionValue } from "./policy-parts";

/** Points that stand for all networks, as far as these policies can tell networks apart. */
export interface NetworkSamples {
  /** In an allowed network, or an allowed VPC: the edges of each. */
  readonly inside: readonly Network[];
  readonly outside: readonly Network[];
}

/** From nowhere in particular: a documentation address of each family, a VPC, and neither. */
const ELSEWHERE = ["192.0.2.77", "3fff:fff:ffff::77"];
const FOREIGN_VPC = "vpc-0f0e0d0c0b0a09080";

/**
 * An address is told from others only by the ranges that the policies name, so the edges of every range, and the
 * addresses just outside, stand for all addresses: each atom of what ranges can express has one of them. Of
 * addresses that lie in the same ranges one is kept.
 */
export function networkSamples(
  expectation: Pick<Expectation, "networks" | "vpcs">,
  conditions: readonly ConditionValue[],
): NetworkSamples {
  const ranges = [...new Set(valuesOf(conditions, "aws:sourceip"))].sort();
  const vpcs = [...new Set(valuesOf(conditions, "aws:sourcevpc"))].sort();
  const known = samples.get(expectation) ?? new Map<string, NetworkSamples>();
  samples.set(expectation, known);
  const key = JSON.stringify([ranges, vpcs]);
  const present = known.get(key);
  if (present !== undefined) return present;
  const found = findSamples(expectation, ranges, vpcs);
  known.set(key, found);
  return found;
}

const samples = new WeakMap<object, Map<string, NetworkSamples>>();

function findSamples(
  { networks, vpcs }: Pick<Expectation, "networks" | "vpcs">,
  namedRanges: readonly string[],
  namedVpcs: readonly string[],
): NetworkSamples {
  const allowed = rangesOf(networks);
  const named = rangesOf(namedRanges);
  const inside = new Map<string, string>();
  const outside = new Map<string, string>();
  for (const address of new Set([...[...allowed, ...named].flatMap(edgesOf), ...ELSEWHERE])) {
    const parsed = parseIpAddress(address);
    if (parsed === undefined) continue;
    const within = allowed.map((range) => rangeContains(range, parsed));
    const signature = JSON.stringify([within, named.map((range) => rangeContains(range, parsed))]);
    const side = within.includes(true) ? inside : outside;
    if (!side.has(signature)) side.set(signature, address);
  }
  const foreignVpcs = [...new Set([...namedVpcs, FOREIGN_VPC])].filter((vpc) => !vpcs.includes(vpc));
  if (networks.length + vpcs.length === 0) {
    const anywhere = everywhere([...outside], foreignVpcs);
    return { inside: anywhere, outside: anywhere };
  }
  return {
    inside: [...[...inside.values()].map((sourceIp) => ({ sourceIp })), ...vpcs.map((vpc) => ({ vpc }))],
    outside: [
      ...[...outside.values()].map((sourceIp) => ({ sourceIp })),
      ...foreignVpcs.map((vpc) => ({ vpc })),
      "none",
    ],
  };
}

/**
 * Nobody ruled a network out yet (of an account that was just taken over): people may work from any, and are let in from
 * none for being there. What policies of the account name comes first.
 */
function everywhere(
  addresses: readonly (readonly [signature: string, address: string])[],
  vpcs: readonly string[],
): readonly Network[] {
  const named = ([signature]: readonly [string, string]) => signature.split("true").length;
  return [
    ...[...addresses].sort((left, right) => named(right) - named(left)).map(([, sourceIp]) => ({ sourceIp })),
    ...vpcs.map((vpc) => ({ vpc })),
    "none",
  ];
}

/** Whether an environment lists a network, as an address in one of its ranges or as one of its VPCs. */
export function isAllowedNetwork(
  { networks, vpcs }: Pick<Expectation, "networks" | "vpcs">,
  network: Network,
): boolean {
  if (network === "none") return false;
  if ("vpc" in network) return vpcs.includes(network.vpc);
  const address = parseIpAddress(network.sourceIp);
  return address !== undefined && rangesOf(networks).some((range) => rangeContains(range, address));
}

function valuesOf(conditions: readonly ConditionValue[], key: string): readonly string[] {
  return conditions.filter((condition) => condition.key === key).map(({ value }) => value);
}

function rangesOf(written: readonly string[]): readonly IpRange[] {
  return written.map((text) => parseIpRange(text)).filter((range) => range !== undefined);
}

/** First and last address. */
function innerEdges(range: IpRange): readonly string[] {
  const { first, last, bits } = numbers(range);
  return [text(first, bits), text(last, bits)];
}

/** First and last address, and the ones before and after where there are any. */
function edgesOf(range: IpRange): readonly string[] {
  const { first, last, bits } = numbers(range);
  const top = (1n << BigInt(bits)) - 1n;
  return [
    ...innerEdges(range),
    ...(first > 0n ? [text(first - 1n, bits)] : []),
    ...(last < top ? [text(last + 1n, bits)] : []),
  ];
}

function numbers([address, prefix]: IpRange) {
  const bytes = address.toByteArray();
  const bits = bytes.length * 8;
  const value = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const size = 1n << BigInt(bits - prefix);
  const first = value - (value % size);
  return { first, last: first + size - 1n, bits };
}

function text(value: bigint, bits: number): string {
  const bytes = Array.from({ length: bits / 8 }, (_, index) =>
    Number((value >> BigInt(bits - 8 - index * 8)) & 255n),
  );
  return ipaddr.fromByteArray(bytes).toString();
}
