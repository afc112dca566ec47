import { parseIpRange } from "../../iam/evaluation/ip-range";
import type { Unknown } from "../../iam/graph";
import type { PolicyDocument } from "../../iam/policy-document";
import type { Network } from "../../iam/request";
import { type ConditionValue, documentParts } from "../world/policy-parts";

/** Where nobody in particular is: a documentation address. */
const ELSEWHERE: Network = { sourceIp: "192.0.2.77" };
/** A policy that names more is asked from its first ones: the others are its author's too. */
const MOST = 3;

/** Networks and VPCs that these documents name, and one that they do not: from each of them a caller may call. */
export function networksNamed(documents: readonly (PolicyDocument | Unknown)[]): readonly Network[] {
  const networks = new Map<string, Network>();
  for (const document of documents) {
    if ("unknown" in document) continue;
    for (const [name, network] of namedBy(document)) {
      if (networks.size < MOST) networks.set(name, network);
    }
  }
  return [...networks.values(), ELSEWHERE];
}

const known = new WeakMap<PolicyDocument, ReadonlyMap<string, Network>>();

function namedBy(document: PolicyDocument): ReadonlyMap<string, Network> {
  let networks = known.get(document);
  if (networks === undefined) {
    networks = named(documentParts(document).conditions);
    known.set(document, networks);
  }
  return networks;
}

function named(conditions: readonly ConditionValue[]): ReadonlyMap<string, Network> {
  const networks = new Map<string, Network>();
  for (const { key, value } of conditions) {
    if (networks.size >= MOST) break;
    if (key === "aws:sourcevpc" && !/[*?]/.test(value)) networks.set(value, { vpc: value });
    if (key !== "aws:sourceip") continue;
    const range = parseIpRange(value);
    if (range !== undefined) networks.set(value, { sourceIp: range[0].toString() });
  }
  return networks;
}
