import { decide } from "../../credentials/decide";
import { keyRulesOf } from "../../credentials/environment-credentials";
import { iamPaths } from "../../environment/iam-paths";
import { nextRun } from "../../environment/next-run";
import { type Check, judged, ok, problem, warning } from "../check";
import type { UserFact } from "../facts";

/** How far ahead is looked: a key of CIS's 90 days falls due within. */
const DAYS = 100;
const DAY_MS = 86_400_000;
/** From here on there is time to rotate. */
const SOON_DAYS = 14;

export const wayBack: Check = {
  id: "way-back",
  title: "A way back on every coming day",
  why: "Keys that were made on one day end on one day: then an owner has none that works.",
  judge: ({ users, environment, now }) =>
    judged(users, (all) => {
      const rules = keyRulesOf(environment);
      const schedule = environment.keyRules?.schedule;
      if (rules === undefined || schedule === undefined) return [ok("no rule ends keys")];
      const path = iamPaths(environment.namespace).device;
      const byOwner = new Map<string, UserFact[]>();
      for (const user of all) {
        if (!user.keys.some(({ active }) => active)) continue;
        byOwner.set(user.owner, [...(byOwner.get(user.owner) ?? []), user]);
      }
      const works = (user: UserFact, at: Date) =>
        decide(
          { userName: user.userName, path },
          // as if each were used every day: by age alone
          user.keys
            .filter(({ active }) => active)
            .map(({ accessKeyId, createDate }) => ({
              accessKeyId,
              status: "Active" as const,
              createDate,
              lastUsed: at,
            })),
          rules,
          at,
        ).some(({ action }) => action !== "deactivate");
      const found = [...byOwner].flatMap(([owner, own]) => {
        for (let day = now.getTime(); day < now.getTime() + DAYS * DAY_MS; ) {
          const run = nextRun(schedule, new Date(day));
          if (run === undefined) return [];
          if (!own.some((user) => works(user, run))) {
            const left = Math.floor((run.getTime() - now.getTime()) / DAY_MS);
            const names = own.map(({ userName }) => userName).join(" and ");
            const how =
              environment.recovery === undefined
                ? "no recovery is declared"
                : `the way back then: ${recoveryWord(environment.recovery)}`;
            return [
              (left < SOON_DAYS ? problem : warning)(
                `${owner}: from ${run.toISOString().slice(0, 10)} on no key of ${names} works (${how})`,
                `rotate one of them on another day: device rotate ${own[0]?.userName ?? ""}`,
              ),
            ];
          }
          day = run.getTime() + 1;
        }
        return [];
      });
      return found.length > 0
        ? found
        : [ok(`every owner with a key has one that works for ${DAYS} days, if it is used`)];
    }),
};

function recoveryWord(recovery: string | { readonly root: unknown }): string {
  return typeof recovery === "string" ? recovery : "root";
}
