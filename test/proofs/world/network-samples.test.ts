import fc from "fast-check";
import { parseIpAddress, parseIpRange, rangeContains } from "../../../src/iam/evaluation/ip-range";
import { isAllowedNetwork, networkSamples } from "../../../src/proofs/world/network-samples";

const cidr = fc
  .tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 255 }), fc.integer({ min: 16, max: 32 }))
  .map(([third, fourth, prefix]) => `203.0.${third}.${fourth}/${prefix}`);
const address = fc
  .tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 255 }))
  .map(([third, fourth]) => `203.0.${third}.${fourth}`);
const within = (range: string, sourceIp: string): boolean => {
  const [parsedRange, parsed] = [parseIpRange(range), parseIpAddress(sourceIp)];
  return parsedRange !== undefined && parsed !== undefined && rangeContains(parsedRange, parsed);
};

test("whatever the ranges, every address agrees in all of them with one of the samples of its side", () => {
  fc.assert(
    fc.property(
      fc.array(cidr, { minLength: 1, maxLength: 3 }),
      fc.array(cidr, { maxLength: 3 }),
      address,
      (networks, named, sourceIp) => {
        const expectation = { networks, vpcs: [] };
        const conditions = named.map((value) => ({ operator: "IpAddress", key: "aws:sourceip", value }));
        const samples = networkSamples(expectation, conditions);
        const side = isAllowedNetwork(expectation, { sourceIp }) ? samples.inside : samples.outside;
        const signature = (one: string) =>
          JSON.stringify([...networks, ...named].map((range) => within(range, one)));
        const known = side.flatMap((network) =>
          typeof network === "object" && "sourceIp" in network ? [network.sourceIp] : [],
        );
        expect(known.map(signature)).toContain(signature(sourceIp));
      },
    ),
  );
});

test("outside there are always a foreign VPC and a request with neither address nor VPC", () => {
  const { outside } = networkSamples({ networks: ["203.0.113.0/24"], vpcs: ["vpc-0123456789abcdef0"] }, []);
  expect(outside).toContain("none");
  expect(outside.some((network) => typeof network === "object" && "vpc" in network)).toBe(true);
});

test("a VPC that a policy names and the environment does not is outside", () => {
  const condition = { operator: "StringEquals", key: "aws:sourcevpc", value: "vpc-0ffffffffffffffff" };
  const { outside } = networkSamples({ networks: [], vpcs: [] }, [condition]);
  expect(outside).toContainEqual({ vpc: "vpc-0ffffffffffffffff" });
});
