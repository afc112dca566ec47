import ipaddr from "ipaddr.js";
import { OPTION_CONFLICT, OPTION_VALUE_INVALID } from "../../catalogue/commands/option-refusals";
import { Refusal } from "../../findings/refusal";
import type { Network } from "../../iam/request";

/** One address as AWS writes it: four decimal parts, or IPv6 without a zone. */
export function isAddress(text: string): boolean {
  return text.includes(":")
    ? ipaddr.IPv6.isValid(text) && !text.includes("%")
    : ipaddr.IPv4.isValidFourPartDecimal(text);
}

/** @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html */
const VPC_ID = /^vpc-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;

/**
 * Where a question asks from; nothing where it leaves that open.
 *
 * @throws Refusal
 */
export function networkOf(sourceIp: unknown, vpc: unknown): Network | undefined {
  if (typeof sourceIp === "string" && typeof vpc === "string") {
    throw new Refusal(
      OPTION_CONFLICT,
      "--source-ip and --vpc exclude each other: a request carries one or the other",
    );
  }
  if (typeof vpc === "string") {
    if (VPC_ID.test(vpc)) return { vpc };
    throw new Refusal(OPTION_VALUE_INVALID, {
      where: "--vpc",
      expected: "the id of a VPC, vpc- and 8 or 17 hexadecimal digits",
      got: JSON.stringify(vpc),
      remedy: "write it such as --vpc vpc-0a1b2c3d4e5f60718",
    });
  }
  if (typeof sourceIp !== "string") return undefined;
  if (isAddress(sourceIp)) return { sourceIp };
  throw new Refusal(OPTION_VALUE_INVALID, {
    where: "--source-ip",
    expected: "one IPv4 or IPv6 address",
    got: JSON.stringify(sourceIp),
    remedy: "write it such as --source-ip 203.0.113.7",
  });
}
