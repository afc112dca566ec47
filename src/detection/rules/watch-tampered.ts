import { defineDetection } from "../detection";
import { lastOf } from "../event/account-event";
import { isDeployment, quoted } from "../event/words";
import { API_CALL } from "../pattern/known-events";

const CALLS: Readonly<Record<string, readonly string[]>> = {
  "cloudtrail.amazonaws.com": ["StopLogging", "DeleteTrail", "UpdateTrail", "PutEventSelectors"],
  "guardduty.amazonaws.com": ["DeleteDetector", "UpdateDetector", "CreateFilter", "StopMonitoringMembers"],
  "config.amazonaws.com": [
    "StopConfigurationRecorder",
    "DeleteConfigurationRecorder",
    "DeleteDeliveryChannel",
  ],
  "access-analyzer.amazonaws.com": ["DeleteAnalyzer", "CreateArchiveRule"],
};

export const WATCH_TAMPERED = defineDetection({
  id: "watch-tampered",
  title: "What watches the account was changed outside of a deployment",
  severity: "critical",
  otherSeverities: ["high"],
  place: "both",
  why: "A trail that stops is the last thing that it records: from then on the rules on the event bus are silent. Detectors, recorders and analyzers are switched off before the work begins, and filters hide what would be found.",
  example: {
    told: "Somebody stops the trail, or makes a GuardDuty filter that archives findings.",
    notTold: "The deployment role updates the trail.",
  },
  reference: {
    title: "Stealth:IAMUser/CloudTrailLoggingDisabled",
    url: "https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-iam.html",
  },
  since: "0.2.0",
  pattern: () => ({
    "detail-type": [API_CALL],
    detail: {
      eventSource: Object.keys(CALLS),
      eventName: Object.values(CALLS).flat(),
      errorCode: [{ exists: false }],
    },
  }),
  judge: (event, scope) => {
    // a deployment does so too; the pattern has no room for two alternatives at once
    if (isDeployment(event.actor, scope)) return undefined;
    const service = event.text("detail.eventSource") ?? "";
    if (!CALLS[service]?.includes(event.name)) return undefined;
    const of = ["name", "trailName", "detectorId", "configurationRecorderName", "analyzerName"]
      .map((name) => event.parameter(name))
      .find((name) => name !== undefined);
    return {
      what: `called ${service.replace(".amazonaws.com", "")}:${event.name}${of === undefined ? "" : ` on ${quoted(lastOf(of) ?? of)}`}`,
      severity: /^(Stop|Delete)/.test(event.name) ? "critical" : "high",
      subject: `${event.name} ${of ?? ""}`,
      declared: "this was no deployment role of the environment",
    };
  },
});
