import { grantsOf } from "../iam/comparison/grant";
import { compileGraph } from "../iam/evaluate";
import type { AccessGraph, Role, User } from "../iam/graph";
import { alikeUsers } from "../proofs/escalation/alike";
import { mayAssume } from "../report/assume-role";
import { meetsAction } from "../review/weight";
import { addressOf } from "./access-fact";
import { awsPrincipals } from "./trust-ids";

export interface ReachedRoles {
  /** Users that may assume a role, by role: `user/home`. */
  readonly assumers: ReadonlyMap<Role, readonly string[]>;
  /** Roles that were not asked about. */
  readonly left: number;
}

/** Pairs of a kind of user and a role that are evaluated; more are told as not checked. */
const MOST_QUESTIONS = 10_000;

/** Roles that IAM users may assume: named in the trust, or let in by the account and a policy of theirs. */
export function reachedRoles(roles: readonly Role[], graph: AccessGraph): ReachedRoles {
  const compiled = compileGraph(graph);
  const classes = alikeUsers(graph).flatMap((members) => {
    const [representative] = members;
    return representative === undefined
      ? []
      : [{ representative, members, mayAsk: holdsAssumeRole(representative) }];
  });
  const byArn = new Map(classes.flatMap((one) => one.members.map(({ arn }) => [arn, one] as const)));
  const open = classes.filter(({ mayAsk }) => mayAsk);
  const assumers = new Map<Role, readonly string[]>();
  let questions = 0;
  let left = 0;
  for (const role of roles) {
    const { document } = role.trust;
    if ("unknown" in document) continue;
    const named = [...awsPrincipals(document), ...(trustsAnybody(document) ? ["*"] : [])];
    const candidates = new Set([
      ...named.flatMap((arn) => byArn.get(arn) ?? []),
      ...(named.some((arn) => isWholeAccount(arn, role)) ? open : []),
    ]);
    if (questions + candidates.size > MOST_QUESTIONS) {
      left += 1;
      continue;
    }
    questions += candidates.size;
    const found = [...candidates].filter(
      ({ representative }) => mayAssume(representative, role, compiled).answer !== "no",
    );
    if (found.length > 0)
      assumers.set(
        role,
        found.flatMap(({ members }) => members.map(addressOf)),
      );
  }
  return { assumers, left };
}

function isWholeAccount(principal: string, { accountId }: Role): boolean {
  const text = principal.replace(/^arn:aws[^:]*:/, "arn:aws:");
  return text === "*" || text === accountId || text === `arn:aws:iam::${accountId}:root`;
}

function trustsAnybody({ Statement }: Parameters<typeof awsPrincipals>[0]): boolean {
  return Statement.some(({ Effect, Principal }) => Effect === "Allow" && Principal === "*");
}

function holdsAssumeRole(user: User): boolean {
  return [user, ...user.groups].some(({ policies }) =>
    policies.some(
      ({ document }) =>
        "unknown" in document ||
        grantsOf(document).some(
          ({ effect, actions }) => effect === "Allow" && meetsAction(actions, "sts:assumerole"),
        ),
    ),
  );
}
