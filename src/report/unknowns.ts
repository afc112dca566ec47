import type { AccessGraph } from "../iam/graph";
import type { NotKnown } from "./access-report";
import { abbreviated, compareText, distinct, shown } from "./shown";
import { baseName } from "./user-kind";

/** What a source does not tell, things with one reason together. */
export function unknownsOf(graph: AccessGraph): readonly NotKnown[] {
  const names = new Map(
    [...graph.users, ...graph.groups, ...graph.roles].map((one) => [`${one.address}.name`, one]),
  );
  const documents = [
    ...graph.roles.flatMap((role) => [...role.policies, role.trust]),
    ...[...graph.users, ...graph.groups].flatMap(({ policies }) => policies),
  ].flatMap(({ document }) => ("unknown" in document ? [document] : []));
  const byReason = new Map<string, { readonly names: Set<string>; readonly addresses: Set<string> }>();
  for (const { address, reason } of [...graph.unknowns, ...documents]) {
    const group = byReason.get(reason) ?? { names: new Set<string>(), addresses: new Set<string>() };
    byReason.set(reason, group);
    const named = names.get(address);
    if (named === undefined) group.addresses.add(shown(address));
    else group.names.add(baseName(named.name));
  }
  return [...byReason]
    .map(([reason, group]) => ({
      what: whatOf(distinct(group.names), distinct(group.addresses)),
      reason: shown(reason),
    }))
    .sort((left, right) => compareText(left.what, right.what));
}

function whatOf(names: readonly string[], addresses: readonly string[]): string {
  const whole =
    names.length === 0
      ? []
      : [`the whole name${names.length === 1 ? "" : "s"} of ${abbreviated(names, 8).join(", ")}`];
  return [...whole, ...abbreviated(addresses, 8)].join("; ");
}
