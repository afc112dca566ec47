import { type Check, ok, warning } from "../check";

const OLD_DAYS = 180;

export const lists: Check = {
  id: "lists",
  title: "Lists of actions and managed policies",
  why: "AWS adds actions every week: what a newer service may do is not known, and says so.",
  judge: ({ lists: { actions, managedPolicies }, now }) =>
    (
      [
        ["actions", actions],
        ["managed policies", managedPolicies],
      ] as const
    ).map(([what, day]) => {
      const age = Math.floor((now.getTime() - Date.parse(day)) / 86_400_000);
      return age > OLD_DAYS
        ? warning(`${what} as of ${day}, ${age} days old`, "install a newer version of iam-baseline")
        : ok(`${what} as of ${day}`);
    }),
};
