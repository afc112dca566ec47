import { days, wholeDays } from "../../credentials/days";
import { decide } from "../../credentials/decide";
import { keyRulesOf } from "../../credentials/environment-credentials";
import { iamPaths } from "../../environment/iam-paths";
import { inZone, nextRun } from "../../environment/next-run";
import { maskAccessKeyId } from "../../findings/mask";
import { type Check, judged, ok, problem, warning } from "../check";

export const keys: Check = {
  id: "keys",
  title: "Keys, and what the next run ends",
  why: "A key that a rule ends tonight is missed tomorrow morning.",
  judge: ({ users, environment, now }) =>
    judged(users, (all) => {
      const rules = keyRulesOf(environment);
      const schedule = environment.keyRules?.schedule;
      const run = schedule && nextRun(schedule, now);
      const path = iamPaths(environment.namespace).device;
      const found = all.flatMap(({ userName, keys: own }) => {
        const active = own.filter((key) => key.active);
        const two =
          active.length > 1
            ? [
                warning(
                  `${userName}: ${active.length} active keys`,
                  `finish the rotation: device rotate ${userName}`,
                ),
              ]
            : [];
        if (rules === undefined || run === undefined) return two;
        const decided = decide(
          { userName, path },
          own.map(({ accessKeyId, active: isActive, createDate, lastUsed }) => ({
            accessKeyId,
            status: isActive ? ("Active" as const) : ("Inactive" as const),
            createDate,
            lastUsed: lastUsed ?? ("never" as const),
          })),
          rules,
          run,
        );
        const ending = decided.flatMap(({ action, key, because }) =>
          action === "deactivate"
            ? [
                (environment.keyRules?.dryRun ? warning : problem)(
                  `${userName}: ${maskAccessKeyId(key.accessKeyId)}, ${days(wholeDays(key.createDate, now))} old, ends with the next run: ${because}${environment.keyRules?.dryRun ? " (the run only reports)" : ""}`,
                  `rotate it before: device rotate ${userName}`,
                ),
              ]
            : [],
        );
        return [...two, ...ending];
      });
      const when =
        run === undefined || schedule === undefined
          ? "no run is scheduled"
          : `next run ${inZone(run, schedule.timeZone)}`;
      const count = all.reduce((sum, { keys: own }) => sum + own.filter((key) => key.active).length, 0);
      return [
        ...found,
        ...(found.length === 0 ? [ok(`${count} active keys, none of which ends; ${when}`)] : []),
      ];
    }),
};
