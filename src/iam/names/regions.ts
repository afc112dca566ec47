import data from "../data/regions.json";

/** Package and version that the list of regions comes from. */
export const regionsSource: string = data.source;

/** Region names by partition: `aws`, `aws-cn`, `aws-us-gov`, `aws-iso`, `aws-iso-b`, `aws-iso-e`, `aws-iso-f`, `aws-eusc`. */
const REGIONS: Readonly<Record<string, readonly string[]>> = data.partitions;

const PARTITION_OF_REGION: ReadonlyMap<string, string> = new Map(
  Object.entries(REGIONS).flatMap(([partition, regions]) => regions.map((region) => [region, partition])),
);

/** What the regions of a partition begin with: also those that the list does not have yet. */
const PREFIXES: readonly (readonly [prefix: string, partition: string])[] = [
  ["cn-", "aws-cn"],
  ["us-gov-", "aws-us-gov"],
  ["us-iso-", "aws-iso"],
  ["us-isob-", "aws-iso-b"],
  ["eu-isoe-", "aws-iso-e"],
  ["us-isof-", "aws-iso-f"],
  ["eusc-", "aws-eusc"],
];

/** Every partition that has regions. */
export function partitions(): readonly string[] {
  return Object.keys(REGIONS);
}

/** The regions of one partition, or of all. */
export function regionNames(partition?: string): readonly string[] {
  return partition === undefined ? [...PARTITION_OF_REGION.keys()] : (REGIONS[partition] ?? []);
}

export function isRegion(name: string): boolean {
  return PARTITION_OF_REGION.has(name);
}

/** The partition of a region; one that is not listed belongs to the partition whose regions are called like it. */
export function partitionOfRegion(region: string): string {
  return (
    PARTITION_OF_REGION.get(region) ?? PREFIXES.find(([prefix]) => region.startsWith(prefix))?.[1] ?? "aws"
  );
}
