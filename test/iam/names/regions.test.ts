import { isRegion, partitionOfRegion, partitions, regionNames } from "../../../src/iam/names/regions";
import { isServicePrincipal } from "../../../src/iam/names/service-principals";

test.each([
  ["eu-central-1", "aws"],
  ["cn-northwest-1", "aws-cn"],
  ["us-gov-west-1", "aws-us-gov"],
  ["us-iso-east-1", "aws-iso"],
  ["us-isob-east-1", "aws-iso-b"],
  ["eu-isoe-west-1", "aws-iso-e"],
  ["us-isof-south-1", "aws-iso-f"],
  ["eusc-de-east-1", "aws-eusc"],
])("%s is a region of %s", (region, partition) => {
  expect(isRegion(region)).toBe(true);
  expect(partitionOfRegion(region)).toBe(partition);
  expect(regionNames(partition)).toContain(region);
});

test("a region that the list lacks is of the partition that calls its regions so", () => {
  expect(isRegion("us-gov-north-1")).toBe(false);
  expect(partitionOfRegion("us-gov-north-1")).toBe("aws-us-gov");
  expect(partitionOfRegion("af-north-9")).toBe("aws");
});

test("there are eight partitions", () => {
  expect(partitions()).toHaveLength(8);
});

test.each([
  ["ec2.amazonaws.com", true],
  ["ec2.amazonaws.com.cn", true],
  ["ecs-tasks.amazonaws.com", true],
  ["vpc-flow-logs.amazonaws.com", true],
  ["batchoperations.s3.amazonaws.com", true],
  ["states.eu-central-1.amazonaws.com", true],
  ["spotfleet.amazonaws.com", true],
  ["ec3.amazonaws.com", false],
  ["lamda.amazonaws.com", false],
  ["ec2.eu-centrl-1.amazonaws.com", false],
  ["ec2.amazonaws.org", false],
  [".amazonaws.com", false],
])("%s is a service principal: %s", (principal, expected) => {
  expect(isServicePrincipal(principal)).toBe(expected);
});
