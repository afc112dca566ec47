import type { EnvironmentInput } from "../environment/environment";
import { validateEnvironments } from "../environment/validate-environments";
import type { Violation } from "../findings/violation";
import type { Draft, DraftExisting } from "./draft";
import type { NotTaken } from "./left-out";

const KINDS = { users: "user", groups: "group", roles: "role", policies: "policy" } as const;
const AT = /: existing\.(users|groups|roles|policies)\.(.+)$/;

/**
 * The draft without what the environment's validation refuses: it stays unmanaged, with what the validation says. Taking
 * a group away may leave a user whose list names it, so it is asked again until nothing is refused.
 *
 * @param environments every environment of the project, with the drafted one as it would be written
 * @returns violations that are not about a drafted principal: a person has to mend those first
 */
export function withoutRefused(
  draft: Draft,
  environments: (existing: DraftExisting) => readonly EnvironmentInput[],
  now: Date,
): { readonly draft: Draft; readonly violations: readonly Violation[] } {
  let current = draft;
  for (;;) {
    const validation = validateEnvironments(environments(current.existing), now);
    if (validation.valid) return { draft: current, violations: [] };
    const refused = new Map<string, NotTaken>();
    for (const { location, expected, got } of validation.violations) {
      const [, kind, rest = ""] = AT.exec(location) ?? [];
      if (kind === undefined) continue;
      const record = current.existing[kind as keyof DraftExisting];
      const name = nameIn(rest, Object.keys(record));
      if (name === undefined) continue;
      refused.set(`${kind}.${name}`, {
        kind: KINDS[kind as keyof typeof KINDS],
        name,
        reason: `expected ${expected}, got ${got}`,
      });
    }
    if (refused.size === 0) return { draft: current, violations: validation.violations };
    current = without(current, refused);
  }
}

/** The longest name that a path begins with: names hold dots, and keys that are no identifiers are written in quotes. */
function nameIn(rest: string, names: readonly string[]): string | undefined {
  return names
    .filter((name) =>
      [name, JSON.stringify(name)].some(
        (one) => rest === one || /^[.[]/.test(rest.startsWith(one) ? rest.slice(one.length) : ""),
      ),
    )
    .sort((left, right) => right.length - left.length)[0];
}

function without(draft: Draft, refused: ReadonlyMap<string, NotTaken>): Draft {
  const kept = <K extends keyof DraftExisting>(kind: K): DraftExisting[K] =>
    Object.fromEntries(
      Object.entries(draft.existing[kind]).filter(([name]) => !refused.has(`${kind}.${name}`)),
    ) as DraftExisting[K];
  const groups = kept("groups");
  const gone = new Set(Object.keys(draft.existing.groups).filter((name) => !Object.hasOwn(groups, name)));
  const users = Object.fromEntries(
    Object.entries(kept("users")).map(([name, user]) => {
      const joined = user.groups ?? [];
      return joined.some((group) => gone.has(group))
        ? [name, { ...user, groups: joined.filter((group) => !gone.has(group)) }]
        : [name, user];
    }),
  );
  const lost = Object.entries(draft.existing.users).flatMap(([name, { groups: joined = [] }]) =>
    joined.filter((group) => gone.has(group)).map((group) => `${name} in ${group}`),
  );
  return {
    ...draft,
    existing: { users, groups, roles: kept("roles"), policies: kept("policies") },
    unmanaged: [...draft.unmanaged, ...refused.values()],
    memberships: [...draft.memberships, ...lost],
  };
}
