import type { Environment } from "../../environment/environment";
import { parseIpAddress, parseIpRange, rangeContains } from "../../iam/evaluation/ip-range";
import { type Check, type CheckResult, judged, ok, problem, warning } from "../check";

export const address: Check = {
  id: "address",
  title: "Address",
  why: "From elsewhere than allowedNetworks every call is denied, and no role can be assumed.",
  judge: ({ environment, ipv4, ipv6, seenAddress }) => [
    ...judged(seenAddress, (seen) => [
      within(environment, seen, "AWS saw the last call of these credentials from", problem),
    ]),
    ...judged(ipv4, (found) => [within(environment, found, "IPv4 address", problem)]),
    // calls go by IPv6 only where a program is set up for it
    ...judged(ipv6, (found) => [within(environment, found, "IPv6 address", warning)]),
  ],
};

function within(
  { allowedNetworks, name }: Environment,
  text: string,
  what: string,
  bad: (message: string, remedy: string) => CheckResult,
): CheckResult {
  const found = parseIpAddress(text);
  if (found === undefined)
    return { state: "not-checked", message: `${what}: ${JSON.stringify(text.slice(0, 60))} is none` };
  const network = allowedNetworks.find((one) => {
    const range = parseIpRange(one);
    return range !== undefined && rangeContains(range, found);
  });
  if (network !== undefined) return ok(`${what} ${text}, in ${network}`);
  return bad(
    `${what} ${text} is in none of the allowed networks`,
    `work from one of them, or add ${text}/${text.includes(":") ? 128 : 32} to allowedNetworks in environments/${name}.ts and deploy from where you are allowed`,
  );
}
