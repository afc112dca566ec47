import { s3 } from "../../src/environment/backend";
import { defineEnvironment } from "../../src/environment/environment";
import { allow } from "../../src/environment/policy-statement";
import { adminRole, dailyRole } from "../../src/environment/role-presets";
import { dailyAt } from "../../src/environment/schedule";

/** The account in which a team works and in which all of its device users live. */
export const teamDev = defineEnvironment({
  name: "team-dev",
  accountId: "111122223333",
  region: "eu-central-1",
  namespace: "team",
  backend: s3({ bucket: "example-team-dev-terraform-state", region: "eu-central-1", createBucket: true }),
  allowedNetworks: ["198.51.100.0/24", "2001:db8:2::/48"],
  tags: { team: "platform" },
  developerGroups: {
    engineers: {},
    operators: { allowSelfReactivation: false },
  },
  devices: {
    "anna-laptop": {
      owner: "anna",
      groups: ["engineers", "operators"],
      roles: ["daily", "admin", "team-prod/daily", "team-prod/admin"],
    },
    "anna-home": { owner: "anna", groups: ["engineers"], roles: ["daily"] },
    "ben-laptop": { owner: "ben", groups: ["engineers"], roles: ["daily", "team-prod/daily"] },
    "ben-tablet": { owner: "ben", groups: ["engineers"], roles: ["daily"] },
    "chris-laptop": {
      owner: "chris",
      groups: ["operators"],
      roles: ["daily", "admin", "team-prod/daily", "team-prod/admin"],
    },
  },
  ciGroups: {
    "web-deployers": {
      statements: [
        allow(["s3:PutObject", "s3:DeleteObject"], "arn:aws:s3:::example-team-dev-web/*"),
        allow("s3:ListBucket", "arn:aws:s3:::example-team-dev-web"),
      ],
    },
    "image-builders": {
      statements: [
        allow("ecr:GetAuthorizationToken", "*"),
        allow(
          [
            "ecr:BatchCheckLayerAvailability",
            "ecr:CompleteLayerUpload",
            "ecr:InitiateLayerUpload",
            "ecr:PutImage",
            "ecr:UploadLayerPart",
          ],
          "arn:aws:ecr:eu-central-1:111122223333:repository/team/*",
        ),
      ],
      allowedNetworks: ["198.51.100.64/26"],
    },
  },
  repositories: {
    "example-team/web": { groups: ["web-deployers"] },
    "example-team/api": { groups: ["image-builders"] },
    "example-team/worker": { groups: ["image-builders"], owner: "ben" },
  },
  roles: {
    daily: dailyRole({ uploadTo: [{ bucket: "example-team-dev-uploads", prefix: "people/" }] }),
    admin: adminRole(),
    "web-server": {
      description: "Instances of the web service: read the site",
      service: { principal: "ec2.amazonaws.com" },
      statements: [allow("s3:GetObject", "arn:aws:s3:::example-team-dev-web/*")],
    },
    reactivate: {
      description: "The reactivate workflow: sets one access key to Active for some hours",
      reactivatesKeys: true,
      github: {
        repository: "example-team/iam-baseline",
        ownerId: "123456",
        repositoryId: "567890",
        environment: "reactivate",
      },
    },
  },
  account: {
    githubOidcProvider: {},
  },
  keyRules: {
    schedule: dailyAt("22:00", "Europe/Berlin"),
    rules: {
      nightly: {
        appliesTo: { group: "engineers" },
        nightly: true,
        reason: "work ends in the evening; whoever goes on reactivates the key of the day",
      },
      "old-keys": {
        appliesTo: { path: "device" },
        maxAgeDays: 90,
        unusedDays: 45,
        supersededDays: 7,
        reason: "CIS AWS Foundations v7.0.0, 2.11 and 2.12",
      },
      "builders-nightly": {
        appliesTo: { group: "image-builders" },
        nightly: true,
        reason: "images are built by day",
      },
    },
    reactivation: { maxHours: 24 },
    notifications: { emails: ["platform@example.com"] },
  },
  recovery: "oidc",
});
