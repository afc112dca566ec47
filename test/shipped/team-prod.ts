import { s3 } from "../../src/environment/backend";
import { defineEnvironment } from "../../src/environment/environment";
import { allow } from "../../src/environment/policy-statement";
import { adminRole, dailyRole } from "../../src/environment/role-presets";
import { dailyAt } from "../../src/environment/schedule";

/** The account that serves users. Nobody lives in it: people come from team-dev, deployments from GitHub by OIDC. */
export const teamProd = defineEnvironment({
  name: "team-prod",
  accountId: "444455556666",
  region: "eu-central-1",
  namespace: "team",
  backend: s3({ bucket: "example-team-prod-terraform-state", region: "eu-central-1", createBucket: true }),
  allowedNetworks: ["198.51.100.0/24", "2001:db8:2::/48"],
  tags: { team: "platform" },
  breakGlass: {
    emergency: { owner: "anna", roles: ["admin"] },
  },
  ciGroups: {
    "web-deployers": {
      statements: [
        allow(["s3:PutObject", "s3:DeleteObject"], "arn:aws:s3:::example-team-prod-web/*"),
        allow("s3:ListBucket", "arn:aws:s3:::example-team-prod-web"),
      ],
    },
  },
  repositories: {
    "example-team/web": { groups: ["web-deployers"] },
  },
  roles: {
    daily: dailyRole({ uploadTo: [{ bucket: "example-team-prod-uploads", prefix: "people/" }] }),
    admin: adminRole({ trust: { maxMfaAgeSeconds: 900 } }),
    "api-deployer": {
      description: "Deployments of the API from its protected GitHub environment",
      github: {
        repository: "example-team/api",
        ownerId: "123456",
        repositoryId: "456789",
        environment: "prod",
      },
      statements: [
        allow("lambda:UpdateFunctionCode", "arn:aws:lambda:eu-central-1:444455556666:function:api-*"),
      ],
    },
  },
  roleSuffix: "k7q2m9xd",
  account: {
    passwordPolicy: { maxAgeDays: 90 },
    alias: { name: "example-team-prod" },
    githubOidcProvider: {},
  },
  keyRules: {
    schedule: dailyAt("22:00", "Europe/Berlin"),
    rules: {
      nightly: { appliesTo: { path: "ci" }, nightly: true, reason: "deployments by key are reviewed by day" },
    },
    notifications: { emails: ["platform@example.com"] },
  },
  recovery: "break-glass-user",
});
