import { type Check, judged, ok, warning } from "../check";

export const securityHub: Check = {
  id: "security-hub",
  title: "Security Hub",
  why: "It finds unused access (90 days) at no additional cost, which an analyzer of one's own is billed for.",
  judge: ({ securityHub: answer }) =>
    judged(answer, (present) => [
      present
        ? ok("enabled in this region")
        : warning(
            "not enabled in this region",
            "enable it where the organization does not already, or leave it: the audit needs none",
          ),
    ]),
};
