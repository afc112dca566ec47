import { defineDetection } from "../detection";
import { quoted } from "../event/words";
import { callsOf } from "../pattern/fragments";

export const DELEGATED_ACCESS = defineDetection({
  id: "delegated-access",
  title: "A partner was given temporary access to the account",
  severity: "high",
  place: "global",
  why: "Whoever accepts a delegation request lets another company act in this account with the rights of the request, for as long as it says. No role or policy of this baseline shows it.",
  example: {
    told: "Somebody accepts a delegation request, or hands its token over.",
    notTold: "A partner asks for access and nobody accepts.",
  },
  reference: {
    title: "Temporary delegation and CloudTrail",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/temporary-delegation-cloudtrail.html",
  },
  since: "0.2.0",
  pattern: () => callsOf("iam", ["AcceptDelegationRequest", "SendDelegationToken"]),
  judge: (event) => ({
    what: `called iam:${event.name}${event.parameter("delegationRequestId") === undefined ? "" : ` (request ${quoted(event.parameter("delegationRequestId") ?? "", 60)})`}`,
    subject: event.name,
  }),
});
