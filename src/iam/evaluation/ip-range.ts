import * as ipaddr from "ipaddr.js";

/** An IPv4 or IPv6 range; a single address is a range of one. */
export type IpRange = [address: ipaddr.IPv4 | ipaddr.IPv6, prefixLength: number];

/** IPv4 addresses written as IPv6 (`::ffff:203.0.113.5`) are the IPv4 addresses they stand for. */
const MAPPED_BITS = 96;

/**
 * Reads an address in the notations that IAM takes: four decimal parts, or IPv6 without a zone.
 * Nothing for anything else (`127.1`, `0x7f.0.0.1`, names).
 */
export function parseIpAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  if (lastParsed?.text !== text) lastParsed = { text, address: read(text) };
  return lastParsed.address;
}

/** Questions come in thousands from few places: each address is compared with many ranges in a row. */
let lastParsed:
  | { readonly text: string; readonly address: ipaddr.IPv4 | ipaddr.IPv6 | undefined }
  | undefined;

function read(text: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  if (text.includes("%") || !ipaddr.IPv6.isValid(text)) return undefined;
  const address = ipaddr.IPv6.parse(text);
  return address.isIPv4MappedAddress() ? address.toIPv4Address() : address;
}

/**
 * Reads `address/prefix`. Without a prefix it is that one address. Host bits may be set; they do not count.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress
 */
export function parseIpRange(text: string): IpRange | undefined {
  const [written = "", prefix, ...rest] = text.split("/");
  const address = parseIpAddress(written);
  if (address === undefined || rest.length > 0) return undefined;
  const all = address.kind() === "ipv4" ? 32 : 128;
  if (prefix === undefined) return [address, all];
  if (!/^\d{1,3}$/.test(prefix)) return undefined;
  // The prefix of a mapped range counts the bits of the IPv6 notation.
  const length = all === 32 && written.includes(":") ? Number(prefix) - MAPPED_BITS : Number(prefix);
  return length >= 0 && length <= all ? [address, length] : undefined;
}

/** Whether an address lies in a range; never across the two families. */
export function rangeContains(range: IpRange, address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return range[0].kind() === address.kind() && address.match(range[0], range[1]);
}
