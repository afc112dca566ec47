import { defineRule } from "../../findings/rule";
import { serviceCommand } from "../commands";
import type { DriftRule } from "../drift-rule";
import type { UndeclaredFactOf } from "../undeclared-fact";

export const UNDECLARED_SCHEDULE = defineRule({
  id: "undeclared-schedule",
  area: "drift",
  title: "A schedule that nobody declares is in a group of the baseline, or invokes one of its functions",
  severities: ["high", "low"],
  why: "It runs the function at another time or with another event: keys may end by day, or a run may be made to do nothing. A disabled one is low.",
  example: {
    before: "aws scheduler create-schedule --group-name baseline-deactivate-access-keys --name again ...",
    after: "the group holds the schedule that is declared",
  },
  remedy: "Delete it.",
  since: "0.2.0",
});

type Fact = UndeclaredFactOf<"undeclared-schedule">;

export const undeclaredSchedule: DriftRule<Fact, "undeclared-schedule"> = {
  declaration: UNDECLARED_SCHEDULE,
  judge: ({ schedule: { group, name, state, target } }) => ({
    severity: state === "DISABLED" ? "low" : "high",
    message: `Schedule ${name} in group ${group} (${state}) is declared nowhere and invokes ${target}.`,
  }),
  remedy: ({ schedule: { group, name }, region }) =>
    `Run ${serviceCommand("scheduler", "delete-schedule", ["group-name", group], ["name", name], ["region", region])}.`,
};
