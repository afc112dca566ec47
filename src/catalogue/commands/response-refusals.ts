import { defineRefusal } from "../../findings/refusal";

export const DRILL_REFUSED = defineRefusal({
  code: "drill-refused",
  title: "A drill would not be safe, or would measure nothing",
  why: "A drill ends a user's keys and sessions for real. Nothing was sent and nothing was changed.",
  example:
    "error[drill-refused]: drill leaked-key laptop: expected an environment that responds to leaked keys, got home, which does not; add detection and respond: { leakedKeys: true }, and deploy",
  remedy:
    "Take a spare device, one that nobody works with, in an environment whose roles ask for `trust.sessionName`.",
  since: "0.2.0",
});
