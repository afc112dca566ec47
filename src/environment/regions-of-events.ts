/** Region of the control plane of IAM, by partition: its events are delivered there alone. */
const CONTROL_PLANES: Readonly<Record<string, string>> = {
  aws: "us-east-1",
  "aws-cn": "cn-north-1",
  "aws-us-gov": "us-gov-west-1",
};

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/disaster-recovery-resiliency.html */
export function controlPlaneRegion(partition: string): string {
  return CONTROL_PLANES[partition] ?? "us-east-1";
}

/**
 * Regions in which AWS Health delivers what concerns a whole account: two, so that one of them may be down.
 *
 * @see https://docs.aws.amazon.com/health/latest/ug/choosing-a-region.html
 */
export function healthRegions(partition: string): readonly string[] {
  if (partition === "aws") return ["us-east-1", "us-west-2"];
  return partition === "aws-us-gov" ? ["us-gov-west-1", "us-gov-east-1"] : ["cn-north-1", "cn-northwest-1"];
}
