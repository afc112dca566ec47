import ipaddr from "ipaddr.js";

/** A CIDR as numbers, so that ranges can be compared and an address of one be named. */
export interface AddressRange {
  readonly text: string;
  readonly family: "ipv4" | "ipv6";
  readonly first: bigint;
  readonly last: bigint;
}

/** Reads a CIDR or a single address; nothing for what is neither. */
export function addressRange(text: string): AddressRange | undefined {
  const [address = "", written] = text.split("/");
  if (!ipaddr.isValid(address)) return undefined;
  const parsed = ipaddr.parse(address);
  const family = parsed.kind();
  const bits = family === "ipv4" ? 32 : 128;
  const prefix = written === undefined ? bits : Number(written);
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > bits) return undefined;
  const size = 1n << BigInt(bits - prefix);
  const first = (numberOf(parsed) / size) * size;
  return { text, family, first, last: first + size - 1n };
}

export function contains(
  outer: AddressRange,
  inner: Pick<AddressRange, "family" | "first" | "last">,
): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
}

/** An address of a range that lies in none of the narrower ranges inside it; nothing where these cover it. */
export function addressWithin(range: AddressRange, all: readonly AddressRange[]): string | undefined {
  const inside = all.filter((other) => contains(range, other) && !contains(other, range));
  const middle = range.first + (range.last - range.first) / 2n;
  const points = [range.first + 1n, middle, range.first, range.last, ...inside.map(({ last }) => last + 1n)];
  const free = points.find((point) => {
    const here = { family: range.family, first: point, last: point };
    return contains(range, here) && !inside.some((other) => contains(other, here));
  });
  return free === undefined ? undefined : addressOf(free, range.family);
}

/** An address that lies in none of the ranges; nothing where they cover all that are tried. */
export function addressOutside(
  family: AddressRange["family"],
  all: readonly AddressRange[],
): string | undefined {
  return STRANGERS[family].find((address) => {
    const range = addressRange(address);
    return range !== undefined && !all.some((other) => contains(other, range));
  });
}

/** Addresses all over the space, those kept for documentation first. */
const STRANGERS = {
  ipv4: ["192.0.2.77", "198.51.100.77", "203.0.113.77", "100.20.30.77", "8.20.30.77", "185.20.30.77"],
  ipv6: ["2001:db8:ffff:ffff::77", "3fff:fff:ffff::77", "2600:1f00:ffff::77", "2a00:ffff:ffff::77"],
} as const;

function numberOf(address: ipaddr.IPv4 | ipaddr.IPv6): bigint {
  return address.toByteArray().reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
}

function addressOf(number: bigint, family: AddressRange["family"]): string {
  const length = family === "ipv4" ? 4 : 16;
  const bytes = Array.from({ length }, (_, index) =>
    Number((number >> BigInt(8 * (length - 1 - index))) & 255n),
  );
  return ipaddr.fromByteArray(bytes).toString();
}
