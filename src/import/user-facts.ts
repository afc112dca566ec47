import type { AccountInventory, Answer } from "../aws/inventory";
import type { AccountUser } from "./account-principals";
import type { UserFacts } from "./user-kind";

/** What an inventory tells of a user, beside the principal itself. */
export function userFacts({ users, details }: AccountInventory, user: AccountUser): UserFacts {
  const credentials = users[user.name];
  const uses = of(details?.keysLastUsed)?.[user.name] ?? [];
  const password = of(details?.passwordLastUsed)?.[user.name];
  const days = [...uses.map(({ date }) => date), ...(password === undefined ? [] : [password])].sort();
  const login = of(credentials?.loginProfile);
  return {
    ...user,
    hasPassword: login === undefined ? undefined : login !== null,
    mfaDevices: of(credentials?.mfaDevices)?.length,
    activeKeys: of(credentials?.accessKeys)?.filter(({ status }) => status === "Active").length,
    keyServices: [
      ...new Set(uses.map(({ service }) => service.toLowerCase()).filter((one) => /^[a-z]/.test(one))),
    ].sort(),
    lastUsed: days.at(-1)?.slice(0, 10),
  };
}

function of<T>(answer: Answer<T> | undefined): T | undefined {
  return answer !== undefined && "value" in answer ? answer.value : undefined;
}
