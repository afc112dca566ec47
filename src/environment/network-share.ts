import { type AddressRange, addressRange } from "../iam/comparison/address-range";

/**
 * The most of a family's public addresses that a list of networks may hold together: eight of the widest that it may
 * name. No provider of internet access holds as many in IPv4 (the largest has some 120 million, 2.8 %), and a /16 of
 * IPv6 is more than any organization was ever given for people to work from. Whoever allows more allows strangers.
 */
export const MOST_OF_ALL_ADDRESSES = { ipv4: 1 / 32, ipv6: 2 ** -13 } as const;

/** How many addresses there are, as a power of two: all of IPv4, and the global unicast space 2000::/3 of IPv6. */
const SPACE_BITS = { ipv4: 32, ipv6: 125 } as const;

export interface NetworkShare {
  readonly family: AddressRange["family"];
  /** Of all public addresses of the family, 0 to 1; an address that lies in several networks counts once. */
  readonly share: number;
}

/** Which part of all addresses networks cover together. What is no network is left out. */
export function networkShares(networks: readonly string[]): readonly NetworkShare[] {
  const ranges = networks.flatMap((network) => addressRange(network) ?? []);
  return (["ipv4", "ipv6"] as const)
    .map((family) => ({
      family,
      share: coveredBy(
        ranges.filter((range) => range.family === family),
        SPACE_BITS[family],
      ),
    }))
    .filter(({ share }) => share > 0);
}

function coveredBy(ranges: readonly AddressRange[], bits: number): number {
  let covered = 0n;
  let end = -1n;
  for (const { first, last } of [...ranges].sort((a, b) => (a.first < b.first ? -1 : 1))) {
    if (last <= end) continue;
    covered += last - (first > end ? first - 1n : end);
    end = last;
  }
  // the quotient of two large numbers, to 53 bits
  return Number((covered << 53n) >> BigInt(bits)) / 2 ** 53;
}

/** `33 %`, `0.4 %`, `0.00002 %`: two digits that tell something. */
export function percent(share: number): string {
  const hundredths = share * 100;
  const digits = hundredths >= 10 ? 0 : Math.min(12, Math.max(1, 1 - Math.floor(Math.log10(hundredths))));
  return `${Number(hundredths.toFixed(digits))} %`;
}
