import { parseIpRange } from "../../iam/evaluation/ip-range";
import type { Network } from "../../iam/request";
import type { ConditionValue } from "../world/policy-parts";

/** Where nobody in particular is: a documentation address. */
const ELSEWHERE: Network = { sourceIp: "192.0.2.77" };
/** A policy that names more is asked from its first ones: the others are its author's too. */
const MOST = 3;
const known = new WeakMap<readonly ConditionValue[], readonly Network[]>();

/** Networks and VPCs that policies name, and one that they do not: from each of them a caller may call. */
export function networksNamed(conditions: readonly ConditionValue[]): readonly Network[] {
  let networks = known.get(conditions);
  if (networks === undefined) {
    networks = [...named(conditions), ELSEWHERE];
    known.set(conditions, networks);
  }
  return networks;
}

function named(conditions: readonly ConditionValue[]): readonly Network[] {
  const networks = new Map<string, Network>();
  for (const { key, value } of conditions) {
    if (networks.size >= MOST) break;
    if (key === "aws:sourcevpc" && !/[*?]/.test(value)) networks.set(value, { vpc: value });
    if (key !== "aws:sourceip") continue;
    const range = parseIpRange(value);
    if (range !== undefined) networks.set(value, { sourceIp: range[0].toString() });
  }
  return [...networks.values()];
}
