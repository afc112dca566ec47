import type { EnvironmentInput } from "../../src/environment/environment";
import { environment } from "./environment";

type Existing = NonNullable<EnvironmentInput["existing"]>;

export const READ_BUCKETS = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:ListBucket", Resource: "arn:aws:s3:::home-${aws:username}" }],
};

export const trusting = (principal: unknown) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" }],
});

/** What a small account had before: one of each kind, with everything that can hang on it. */
export const SMALL_ACCOUNT: Existing = {
  users: {
    "alice.smith": {
      as: "device",
      owner: "alice",
      path: "/people/",
      groups: ["developers", "auditors"],
      inlinePolicies: { "home-bucket": READ_BUCKETS },
      managedPolicies: ["ReadOnlyAccess", "arn:aws:iam::111122223333:policy/team/deploy"],
      tags: { Environment: "the old one" },
    },
    "ci-website": { as: "repository", repository: "octo/website", groups: [] },
    backup: { as: "other", permissionsBoundary: "arn:aws:iam::111122223333:policy/team/deploy" },
  },
  groups: {
    developers: { as: "developers", managedPolicies: ["PowerUserAccess"] },
    auditors: { inlinePolicies: { "read-buckets": READ_BUCKETS } },
  },
  roles: {
    Deployer: {
      path: "/team/",
      description: "deploys",
      trust: trusting({ AWS: "arn:aws:iam::111122223333:user/people/alice.smith" }),
      inlinePolicies: { own: READ_BUCKETS },
      managedPolicies: ["arn:aws:iam::111122223333:policy/team/deploy"],
      maxSessionDuration: 7200,
    },
    web: {
      trust: trusting({ Service: "ec2.amazonaws.com" }),
      instanceProfiles: { web: { path: "/" } },
      leftAlone: ["description", "maxSessionDuration", "instanceProfileTags"],
    },
  },
  policies: {
    deploy: { path: "/team/", document: READ_BUCKETS, tags: { team: "web" }, leftAlone: ["tags"] },
  },
};

/** Nothing but what the account had before. */
export function takenOver(
  existing: Existing = SMALL_ACCOUNT,
  difference: Partial<EnvironmentInput> = {},
): EnvironmentInput {
  return environment({
    allowedNetworks: [],
    devices: {},
    ciGroups: {},
    repositories: {},
    roles: {},
    existing,
    ...difference,
  });
}
