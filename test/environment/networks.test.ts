import fc from "fast-check";
import { networkProblem } from "../../src/environment/networks";

describe("an allowed network", () => {
  test.each([
    "203.0.113.0/24",
    "203.0.113.7/32",
    "8.0.0.0/8",
    "198.51.100.64/26",
    "2001:db8::/32",
    "2001:DB8:1::/48",
    "2a00::/19",
    "2001:db8:1::1/128",
  ])("%s is taken", (network) => {
    expect(networkProblem(network)).toBeUndefined();
  });

  test.each([
    ["the whole of IPv4", "0.0.0.0/0", /\/8 or narrower/],
    ["the whole of IPv6", "::/0", /\/19 or narrower/],
    ["an IPv4 network one bit too wide", "8.0.0.0/7", /\/8 or narrower/],
    ["an IPv6 network one bit too wide", "2a00::/18", /\/19 or narrower/],
    ["a prefix beyond 32 bits", "10.0.0.0/33", /address with its prefix length/],
    ["a prefix beyond 128 bits", "2001:db8::/129", /address with its prefix length/],
    ["a negative prefix", "203.0.113.0/-1", /address with its prefix length/],
    ["a prefix with a leading zero", "203.0.113.0/024", /address with its prefix length/],
    ["two prefixes", "203.0.113.0/24/24", /address with its prefix length/],
    ["a bare IPv4 address", "203.0.113.7", /address with its prefix length/],
    ["a bare IPv6 address", "2001:db8::7", /address with its prefix length/],
    ["a bare private address", "10.0.0.1", /address with its prefix length/],
    ["three parts", "203.0.113/24", /address with its prefix length/],
    ["an octal part", "0313.0.113.0/24", /address with its prefix length/],
    ["a hexadecimal part", "0xcb.0.113.0/24", /address with its prefix length/],
    ["one hexadecimal number", "0xcb007100/24", /address with its prefix length/],
    ["one decimal number", "3405803776/24", /address with its prefix length/],
    ["a zone", "fe80::1%eth0/64", /address with its prefix length/],
    ["a blank before", " 203.0.113.0/24", /address with its prefix length/],
    ["a blank behind", "203.0.113.0/24 ", /address with its prefix length/],
    ["nothing", "", /address with its prefix length/],
    ["a host name", "office.example.com", /address with its prefix length/],
    ["digits of another script", "５.0.0.0/8", /address with its prefix length/],
    ["host bits in IPv4", "203.0.113.7/24", /no bits beyond/],
    ["host bits in IPv6", "2001:db8:1::1/48", /no bits beyond/],
    ["10/8", "10.0.0.0/8", /public address/],
    ["a part of 172.16/12", "172.16.0.0/16", /public address/],
    ["a part of 192.168/16", "192.168.1.0/24", /public address/],
    ["carrier-grade NAT", "100.64.0.0/10", /public address/],
    ["link-local IPv4", "169.254.0.0/16", /public address/],
    ["loopback", "127.0.0.0/8", /public address/],
    ["multicast", "224.0.0.0/8", /public address/],
    ["this network", "0.0.0.0/8", /public address/],
    ["link-local IPv6", "fe80::/64", /public address/],
    ["unique local IPv6", "fd00::/48", /public address/],
    ["IPv4 inside IPv6", "::ffff:203.0.113.0/120", /public address/],
  ])("refuses %s (%s)", (_what, network, expected) => {
    expect(networkProblem(network)).toEqual({
      refusal: expect.objectContaining({ code: expect.stringMatching(/^network-/) }),
      expected: expect.stringMatching(expected),
      remedy: expect.stringMatching(/.+/),
    });
  });

  test.each([
    ["203.0.113.7", '"203.0.113.7/32"'],
    ["2001:db8::7", '"2001:db8::7/128"'],
    ["203.0.113.7/24", '"203.0.113.0/24"'],
    ["2001:db8:1::1/48", '"2001:db8:1::/48"'],
  ])("%s is mended by what the remedy says: %s", (network, mended) => {
    expect(networkProblem(network)?.remedy).toContain(mended);
    expect(networkProblem(JSON.parse(mended))).toBeUndefined();
  });

  test("never throws, whatever somebody writes", () => {
    const written = fc.oneof(fc.string(), fc.ipV4(), fc.ipV6(), fc.stringMatching(/^[0-9a-fx.:%/]{0,30}$/));
    fc.assert(fc.property(written, (network) => void networkProblem(network)));
  });

  test("every address of the public internet is taken as a network of one", () => {
    const octet = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(fc.integer({ min: 11, max: 99 }), octet, octet, octet, (a, b, c, d) => {
        expect(networkProblem(`${a}.${b}.${c}.${d}/32`)).toBeUndefined();
        expect(networkProblem(`${a}.${b}.${c}.${d}`)).toBeDefined();
      }),
    );
  });
});
