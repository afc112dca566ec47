import { defineDetection } from "../detection";
import { lastOf } from "../event/account-event";
import { quoted } from "../event/words";

export const EXTERNAL_ACCESS_FOUND = defineDetection({
  id: "external-access-found",
  title: "IAM Access Analyzer found access from outside",
  severity: "high",
  otherSeverities: ["critical", "low"],
  place: "both",
  why: "A policy of a role, bucket, key, queue or function lets in somebody outside of the account: anybody, or another account. Access Analyzer proves it from the policies, whoever wrote them.",
  example: {
    told: "A bucket policy lets everybody read.",
    notTold: "A finding is archived, or resolved.",
  },
  reference: {
    title: "Monitoring IAM Access Analyzer with EventBridge",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-eventbridge.html",
  },
  since: "0.2.0",
  pattern: () => ({
    source: ["aws.access-analyzer"],
    "detail-type": ["Access Analyzer Finding", "Internal Access Finding"],
    detail: { status: ["ACTIVE"], isDeleted: [false] },
  }),
  judge: (event) => {
    const resource = event.text("detail.resource") ?? "a resource";
    const error = event.text("detail.error");
    const isPublic = event.value("detail.isPublic") === true;
    const principal = principalWords(event.value("detail.principal"));
    return {
      what:
        error === undefined
          ? `IAM Access Analyzer: ${isPublic ? "anybody" : quoted(principal)} may use ${quoted(event.text("detail.resourceType") ?? "")} ${quoted(lastOf(resource) ?? resource)}`
          : `IAM Access Analyzer could not look at ${quoted(resource)} (${quoted(error)})`,
      severity: error !== undefined ? "low" : isPublic ? "critical" : "high",
      subject: resource,
    };
  },
});

function principalWords(principal: unknown): string {
  if (typeof principal !== "object" || principal === null) return "somebody outside";
  const values = Object.values(principal).filter((value) => typeof value === "string");
  return values.length === 0 ? "somebody outside" : values.join(" and ");
}
