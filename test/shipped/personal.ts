import { local } from "../../src/environment/backend";
import { defineEnvironment } from "../../src/environment/environment";
import { allow } from "../../src/environment/policy-statement";
import { adminRole, dailyRole, keyRecoveryRole } from "../../src/environment/role-presets";
import { dailyAt } from "../../src/environment/schedule";

/** One developer with one account: a laptop for everything, a home PC for everyday work and for the way back. */
export const personal = defineEnvironment({
  name: "personal",
  accountId: "111122223333",
  region: "ap-northeast-1",
  backend: local(),
  allowedNetworks: ["203.0.113.0/24", "2001:db8:1::/48"],
  devices: {
    work: { owner: "alice", roles: ["daily", "admin", "recovery"] },
    home: { owner: "alice", roles: ["daily", "recovery"] },
  },
  ciGroups: {
    "site-deployers": {
      statements: [
        allow(["s3:PutObject", "s3:DeleteObject"], "arn:aws:s3:::octo-website/*"),
        allow("s3:ListBucket", "arn:aws:s3:::octo-website"),
      ],
    },
    "image-publishers": {
      statements: [allow("s3:PutObject", "arn:aws:s3:::octo-images/releases/*")],
    },
  },
  repositories: {
    "octo/website": { groups: ["site-deployers"] },
    "octo/images": { groups: ["image-publishers"] },
  },
  roles: {
    daily: dailyRole({ uploadTo: [{ bucket: "octo-uploads", prefix: "alice/" }] }),
    admin: adminRole(),
    recovery: keyRecoveryRole(),
  },
  account: {
    passwordPolicy: {},
  },
  keyRules: {
    schedule: dailyAt("00:00", "Asia/Tokyo"),
    rules: {
      "website-nightly": {
        appliesTo: { repository: "octo/website" },
        nightly: true,
        reason: "deployments happen by day, and by hand",
      },
      "old-keys": {
        appliesTo: { path: "device" },
        maxAgeDays: 90,
        unusedDays: 45,
        supersededDays: 7,
        reason: "CIS AWS Foundations v7.0.0, 2.11 and 2.12",
      },
      "old-repository-keys": {
        appliesTo: { path: "ci" },
        maxAgeDays: 90,
        unusedDays: 45,
        supersededDays: 7,
        reason: "CIS AWS Foundations v7.0.0, 2.11 and 2.12",
      },
    },
    // age and absence end the keys of both devices at once: one stays until the other works
    lastKeyStays: true,
    reactivation: { maxHours: 24 },
  },
  recovery: "second-device",
});
