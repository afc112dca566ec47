import fc from "fast-check";
import { parseIpAddress, parseIpRange, rangeContains } from "../../../src/iam/evaluation/ip-range";

function contains(range: string, address: string): boolean | undefined {
  const parsed = parseIpRange(range);
  const ip = parseIpAddress(address);
  return parsed === undefined || ip === undefined ? undefined : rangeContains(parsed, ip);
}

test.each([
  ["203.0.113.0/24", "203.0.113.255", true],
  ["203.0.113.0/24", "203.0.114.0", false],
  ["203.0.113.9/24", "203.0.113.1", true],
  ["203.0.113.7", "203.0.113.7", true],
  ["203.0.113.7", "203.0.113.8", false],
  ["0.0.0.0/0", "198.51.100.1", true],
  ["0.0.0.0/0", "2001:db8::1", false],
  ["::/0", "203.0.113.7", false],
  ["2001:db8:1::/48", "2001:db8:1:ffff::1", true],
  ["2001:db8:1::/48", "2001:db8:2::1", false],
  ["2001:DB8::1", "2001:db8:0:0::1", true],
  ["203.0.113.0/24", "::ffff:203.0.113.7", true],
  ["::ffff:203.0.113.0/120", "203.0.113.7", true],
  ["::ffff:203.0.113.0/120", "203.0.114.7", false],
])("range %s and address %s: %s", (range, address, expected) => {
  expect(contains(range, address)).toBe(expected);
});

test.each([
  "10.0.0.0/33",
  "10.0.0/8",
  "10.0.0.0/",
  "10.0.0.0/08x",
  "10.0.0.0/8/8",
  "0x7f.0.0.1",
  "256.1.1.1",
  "2001:db8::/129",
  "2001:db8::1%eth0",
  "::ffff:203.0.113.0/24",
  "example.org",
  "",
])("refuses %j as a range", (text) => {
  expect(parseIpRange(text)).toBeUndefined();
});

/** Compares the leading bits of two numbers. */
function naive(network: bigint, address: bigint, prefix: number, bits: number): boolean {
  for (let bit = 0; bit < prefix; bit++) {
    const at = BigInt(bits - 1 - bit);
    if (((network >> at) & 1n) !== ((address >> at) & 1n)) return false;
  }
  return true;
}

const written4 = (value: bigint): string =>
  [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join(".");
const written6 = (value: bigint): string =>
  Array.from({ length: 8 }, (_, i) => ((value >> BigInt(112 - 16 * i)) & 0xffffn).toString(16)).join(":");

test.each([
  ["IPv4", 32, written4],
  ["IPv6", 128, written6],
] as const)("%s ranges agree with a comparison bit by bit", (_family, bits, written) => {
  const any = fc.bigInt({ min: 1n << BigInt(bits - 3), max: (1n << BigInt(bits)) - 1n });
  const flipped = fc.option(fc.nat(bits - 1));
  fc.assert(
    fc.property(any, any, fc.nat(bits), flipped, (network, other, prefix, flip) => {
      // Near addresses, one bit away, are what tells ranges apart.
      const address = flip === null ? other : network ^ (1n << BigInt(flip));
      expect(contains(`${written(network)}/${prefix}`, written(address))).toBe(
        naive(network, address, prefix, bits),
      );
    }),
    { numRuns: 1000 },
  );
});
