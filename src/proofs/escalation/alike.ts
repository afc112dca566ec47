import { type AccessGraph, UNKNOWN_PART, type User } from "../../iam/graph";
import { trustPrincipals } from "../world/trust-principals";

/**
 * Users that nothing tells apart but their names: of one account and path, with the same policies, groups, boundary and
 * tags, named by the same trust policies. Where a policy speaks of names (`aws:username` in a condition, a user's ARN in
 * a Resource) the users whom it names are apart.
 */
export function alikeUsers(graph: AccessGraph): readonly (readonly User[])[] {
  const named = namesInPolicies(graph);
  const trusted = new Map<string, number[]>();
  for (const [index, role] of graph.roles.entries()) {
    for (const arn of trustPrincipals(role).users) {
      const known = trusted.get(arn);
      if (known === undefined) trusted.set(arn, [index]);
      else known.push(index);
    }
  }
  const numbers = new Map<unknown, number>();
  const numberOf = (thing: unknown): number => {
    const number = numbers.get(thing) ?? numbers.size;
    numbers.set(thing, number);
    return number;
  };
  const classes = new Map<string, User[]>();
  for (const user of graph.users) {
    const key = JSON.stringify([
      user.accountId,
      user.path,
      user.groups.map(numberOf),
      user.policies.map(({ document }) => numberOf(document)),
      user.permissionsBoundary === undefined ? -1 : numberOf(user.permissionsBoundary.document),
      user.tags,
      trusted.get(user.arn) ?? [],
      named(user) ? user.arn : "",
    ]);
    const members = classes.get(key);
    if (members === undefined) classes.set(key, [user]);
    else members.push(user);
  }
  return [...classes.values()];
}

/** Whether some identity policy mentions a user's name. */
function namesInPolicies(graph: AccessGraph): (user: User) => boolean {
  const documents = new Set(
    [...graph.users, ...graph.groups].flatMap(({ policies }) => policies.map(({ document }) => document)),
  );
  const text = JSON.stringify([...documents].filter((document) => !("unknown" in document)));
  const words = new Set(text.split(/[^\w+=,.@-]+/));
  return ({ name }) => name.includes(UNKNOWN_PART) || words.has(name);
}
