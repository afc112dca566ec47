import type { EnvironmentAccess, RoleAccess, UserAccess } from "../access-report";
import { labelIn } from "../labels";
import { rightsLines } from "../rights";
import { sortedRoles } from "../sections/roles";
import { abbreviated, duration } from "../shown";
import { isForeignUser } from "./foreign-users";
import { gateOf } from "./gates";
import type { Gate, RoleBox } from "./picture";

/** Roles that people become, administrators first, then those of other environments. */
export function roleBoxes(
  people: readonly UserAccess[],
  environment: EnvironmentAccess,
  gates: ReadonlyMap<string, ReadonlyMap<string, Gate>>,
): readonly RoleBox[] {
  const reached = new Map(people.flatMap(({ mayBecome }) => mayBecome.map((one) => [one.arn, one] as const)));
  const assumed = environment.roles.filter(
    (role) => reached.has(role.arn) || role.assumedBy.some(({ kind }) => kind === "user"),
  );
  const own = sortedRoles(assumed).map((role): RoleBox => {
    const foreign = role.assumedBy.filter(isForeignUser);
    return {
      key: role.arn,
      label: labelIn(environment, role),
      detail:
        role.maxSessionSeconds === 0
          ? "session not known"
          : `sessions of ${duration(role.maxSessionSeconds)}`,
      isAdmin: role.administrator === "yes",
      isForeign: false,
      gates: [
        ...new Map(
          [
            ...foreign.map(({ conditions, answer }) =>
              answer === "unknown" ? { text: "not known", isWeak: true } : gateOf(conditions),
            ),
            ...(gates.get(role.arn)?.values() ?? []),
          ].map((gate) => [gate.text, gate]),
        ).values(),
      ],
      reach: reachOf(role),
    };
  });
  const elsewhere = [...reached.values()]
    .filter((one) => one.environment !== environment.name)
    .map(
      (one): RoleBox => ({
        key: one.arn,
        label: one.name,
        detail: `in ${one.environment}`,
        isAdmin: one.administrator === "yes",
        isForeign: true,
        gates: [...(gates.get(one.arn)?.values() ?? [])],
        reach: [one.administrator === "yes" ? "everything there" : `see ${one.environment}`],
      }),
    );
  return [...own, ...elsewhere.sort((left, right) => (left.key < right.key ? -1 : 1))];
}

function reachOf(role: RoleAccess): readonly string[] {
  if (role.administrator === "yes") return ["everything in the account"];
  const rights = rightsLines(role.capabilities, role.accountId).map(({ text }) => text);
  return rights.length === 0 ? ["nothing"] : abbreviated(rights, 4);
}
