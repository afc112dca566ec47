import { type AccessReport, type EnvironmentAccess, SCHEMA_VERSION } from "./access-report";
import type { Conditions } from "./conditions";
import { escalationAccess } from "./escalations/escalation-access";
import type { EscalationAccess } from "./escalations/way-up";
import type { ReportInput } from "./report-input";
import { ReportWorld } from "./report-world";
import { distinct, shown } from "./shown";
import { unknownsOf } from "./unknowns";

/**
 * Who can do what in some environments, under which conditions. Every cell is an answer of the evaluator, asked under
 * all circumstances that the policies at hand tell apart: without MFA, with MFA of every age that a condition names,
 * from every network that one names and from elsewhere.
 *
 * Environments are judged together, as roles of one are assumed from another.
 */
export function accessReport(inputs: readonly ReportInput[], options: ReportOptions = {}): AccessReport {
  const world = new ReportWorld(inputs);
  const { environments = [] } = options;
  const waysUp = escalationAccess(inputs);
  return {
    schemaVersion: SCHEMA_VERSION,
    environments: inputs.flatMap((input, index) => {
      const own = waysUp[index];
      const isWanted = environments.length === 0 || environments.includes(input.environment);
      return isWanted && own !== undefined ? [environmentAccess(input, world, own)] : [];
    }),
  };
}

export interface ReportOptions {
  /** Environments to tell of; the others are known, but not judged. None: all. */
  readonly environments?: readonly string[];
}

function environmentAccess(
  { environment, graph, accepted, weaknesses, account }: ReportInput,
  world: ReportWorld,
  waysUp: EscalationAccess,
): EnvironmentAccess {
  const { users, groups, roles } = world.environment(environment);
  const principals = [...graph.users, ...graph.groups, ...graph.roles];
  return {
    name: environment,
    accountIds: distinct(principals.map(({ accountId }) => shown(accountId))),
    allowedNetworks: commonNetworks([
      ...groups.flatMap(({ guardedTo: { conditions } }) => conditions),
      ...roles.flatMap(({ assumedBy }) => assumedBy.flatMap(({ conditions }) => conditions)),
    ]),
    users,
    groups,
    roles,
    waysUp,
    acceptedExceptions: accepted ?? {
      what: "accepted exceptions",
      reason: "they are written in environments/, which is not part of this source",
    },
    declaredWeaknesses: weaknesses ?? {
      what: "declared weaknesses",
      reason: "they are written in environments/, which is not part of this source",
    },
    unknowns: unknownsOf(graph),
    ...(account && { account }),
  };
}

/** The set of networks that most conditions name. */
function commonNetworks(conditions: readonly Conditions[]): readonly string[] {
  const counts = new Map<string, { networks: readonly string[]; count: number }>();
  for (const { networks } of conditions) {
    if (networks === undefined) continue;
    const key = networks.join(" ");
    counts.set(key, { networks, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  const [most] = [...counts.values()].sort((left, right) => right.count - left.count);
  return most?.networks ?? [];
}
