import { defineDetection } from "../detection";
import { lastOf } from "../event/account-event";
import { quoted } from "../event/words";

export const UNUSED_ACCESS_FOUND = defineDetection({
  id: "unused-access-found",
  title: "IAM Access Analyzer found access that nobody uses",
  severity: "low",
  urgency: "digest",
  place: "home",
  why: "A role, key, password or permission that was not used for months serves nobody but whoever finds it. What the nightly run ends is archived and not told.",
  example: {
    told: "Role reports was not used for 90 days.",
    notTold: "An access key is inactive because the nightly run ended it: its findings are archived.",
  },
  reference: {
    title: "Unused access findings",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-create-unused.html",
  },
  since: "0.2.0",
  pattern: () => ({
    source: ["aws.access-analyzer"],
    "detail-type": ["Unused Access Finding for IAM entities"],
    detail: { status: ["ACTIVE"] },
  }),
  judge: (event) => {
    const resource = event.text("detail.resource") ?? "?";
    const type = event.text("detail.findingType") ?? "unused access";
    return {
      what: `IAM Access Analyzer: ${quoted(type)} of ${quoted(lastOf(resource) ?? resource)}`,
      subject: `${type} ${resource}`,
    };
  },
});
