import { GuarddutyDetector } from "@cdktf/provider-aws/lib/guardduty-detector";
import { Construct } from "constructs";

export interface ThreatDetectorProps {
  readonly publishing: "FIFTEEN_MINUTES" | "ONE_HOUR" | "SIX_HOURS";
  /** Id of the detector that exists: the first deploy takes it over. */
  readonly import?: string | undefined;
}

/**
 * GuardDuty's detector of the home region: the foundational sources, which hold the findings about identities and the
 * attack sequences. Protection plans are left as they are.
 *
 * @see https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_data-sources.html
 */
export class ThreatDetector extends Construct {
  constructor(scope: Construct, id: string, props: ThreatDetectorProps) {
    super(scope, id);
    const detector = new GuarddutyDetector(this, "detector", {
      enable: true,
      findingPublishingFrequency: props.publishing,
      lifecycle: { preventDestroy: true },
    });
    if (props.import !== undefined) detector.importFrom(props.import);
  }
}
