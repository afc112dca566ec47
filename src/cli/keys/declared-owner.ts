import { BREAK_GLASS_KEY } from "../../catalogue/commands/key-refusals";
import { declaredUsers } from "../../environment/account-names";
import type { Environment } from "../../environment/environment";
import { AMBIGUOUS_NAME, UNKNOWN_NAME } from "../../environment/rules/unknown-name";
import { nearestName } from "../../findings/nearest-name";
import { Refusal } from "../../findings/refusal";

/**
 * The device or repository user whose key is meant.
 *
 * @param name IAM user name, or a repository as `owner/name`
 * @param environmentName whose user, where several environments declare the name
 * @throws Refusal where nobody, several or a break-glass user has the name
 */
export function ownerOf(
  all: readonly Environment[],
  name: string,
  environmentName: unknown,
): { readonly environment: Environment; readonly userName: string } {
  const among = all.filter((each) => environmentName === undefined || each.name === environmentName);
  if (among.length === 0) {
    throw new Refusal(
      UNKNOWN_NAME,
      `--environment ${String(environmentName)}: environments/index.ts lists none of this name`,
    );
  }
  const users = among.flatMap((environment) =>
    declaredUsers(environment).map((user) => ({ environment, user })),
  );
  const found = users.filter(({ user }) => user.name === name || user.declaredAt[1] === name);
  const [first, ...rest] = found;
  if (first === undefined) {
    const managed = users.filter(({ user }) => user.kind !== "break-glass").map(({ user }) => user.name);
    const near = nearestName(name, managed);
    throw new Refusal(UNKNOWN_NAME, {
      where: `user "${name}"`,
      expected: "a device or repository that environments/ declares",
      got: "none of this name",
      remedy: near === undefined ? "declare it first" : `did you mean "${near}"?`,
    });
  }
  if (rest.length > 0) {
    throw new Refusal(
      AMBIGUOUS_NAME,
      `user "${name}": ${found.map(({ environment }) => environment.name).join(" and ")} declare it; say which with --environment`,
    );
  }
  if (first.user.kind === "break-glass") {
    throw new Refusal(BREAK_GLASS_KEY, {
      where: `user "${name}"`,
      expected: "a device or repository user",
      got: "a break-glass user, whom no rule deactivates",
      remedy: "a person who did it undoes it in IAM",
    });
  }
  return { environment: first.environment, userName: first.user.name };
}
