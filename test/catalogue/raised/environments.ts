import { keyRuleViolations } from "../../../src/credentials/environment-credentials";
import { detectionViolations } from "../../../src/detection/detection-violations";
import type { Environment, EnvironmentInput } from "../../../src/environment/environment";
import { allow } from "../../../src/environment/policy-statement";
import { keyRecoveryRole } from "../../../src/environment/role-presets";
import { dailyAt } from "../../../src/environment/schedule";
import { validateEnvironments } from "../../../src/environment/validate-environments";
import type { Violation } from "../../../src/findings/violation";
import { documentViolations } from "../../../src/policies/document-violations";
import { validateBaseline } from "../../../src/proofs/validate-baseline";
import { outdirRefusal } from "../../../src/stacks/outdir-refusal";
import {
  codedViolationsOf,
  device,
  environment,
  many,
  NOW,
  role,
  withDevice,
  withRole,
} from "../../builders/environment";
import { firstLine, printed, type Raised } from "./raise";

const stage = (difference: Partial<EnvironmentInput> = {}) =>
  environment({ name: "stage", accountId: "444455556666", ...difference });
const said = (...inputs: readonly EnvironmentInput[]) => firstLine(codedViolationsOf(...inputs));

/** What is said of environments whose shape is right. */
function judged(of: (environment: Environment) => readonly Violation[], input: EnvironmentInput) {
  return firstLine(of(valid(input)));
}

function valid(input: EnvironmentInput): Environment {
  const validation = validateEnvironments([input], NOW);
  const [first] = validation.valid ? validation.environments : [];
  if (first === undefined) throw new Error("the environment should be valid");
  return first;
}

const nightly = { appliesTo: { path: "device" }, nightly: true, reason: "keys are for the day" } as const;
const keyRules = { schedule: dailyAt("00:00", "Asia/Tokyo"), rules: { nightly } };
const withRules = (difference: Partial<NonNullable<EnvironmentInput["keyRules"]>>) =>
  environment({
    breakGlass: { emergency: { owner: "anna", roles: ["daily"] } },
    recovery: "break-glass-user",
    keyRules: { ...keyRules, ...difference },
  });

/** What is wrong in `environments/`, by code. */
export const RAISED_BY_ENVIRONMENTS: Readonly<Record<string, Raised>> = {
  "unknown-key": () => said(environment({ regoin: "eu-central-1" } as never)),
  "value-invalid": () => said(environment({ accountId: "12345" })),
  "environment-name-conflict": () => said(environment(), stage({ name: "prod-eu" })),
  "account-shared": () => said(environment(), stage({ accountId: "111122223333", devices: {}, roles: {} })),
  "account-setting-repeated": () =>
    said(
      environment({ account: { alias: { name: "example" } } }),
      stage({ accountId: "111122223333", namespace: "stage", account: { alias: { name: "example-stage" } } }),
    ),
  "ci-group-without-rights": () => said(environment({ ciGroups: { deployers: {} } })),
  "aws-name-unknown": () => said(withRole({ statements: [allow("s3:GetObjekt", "*")] })),
  "unknown-allowed-needlessly": () =>
    said(environment({ allowUnknown: { "s3:GetObject": "it was new once" } })),
  "list-repeated": () => said(withDevice({ roles: ["daily", "daily"] })),
  "role-without-rights": () => said(withRole({ statements: [] })),
  "key-reserved": () => said(environment({ devices: { laptop: device(), ["__proto__"]: device() } })),
  "iam-name-invalid": () => said(environment({ devices: { "anna laptop": device() } })),
  "iam-name-repeated": () => said(environment({ devices: { laptop: device(), Laptop: device() } })),
  "repository-name-invalid": () =>
    said(environment({ repositories: { website: { groups: ["deployers"] } } })),
  "existing-reserved": () =>
    said(
      environment({
        existing: {
          roles: {
            AWSServiceRoleForSupport: {
              path: "/aws-service-role/support.amazonaws.com/",
              trust: { Statement: [] },
            },
          },
        },
      }),
    ),
  "networks-missing": () => said(environment({ allowedNetworks: [] })),
  "network-invalid": () => said(environment({ allowedNetworks: ["203.0.113.7/24"] })),
  "network-too-wide": () => said(environment({ allowedNetworks: ["0.0.0.0/0"] })),
  "networks-cover-too-much": () =>
    said(
      environment({
        allowedNetworks: Array.from(
          { length: 84 },
          (_, index) => `${index < 9 ? index + 1 : index + 2}.0.0.0/8`,
        ),
      }),
    ),
  "network-not-public": () => said(environment({ allowedNetworks: ["10.0.0.0/8"] })),
  "quota-exceeded": () =>
    said(
      environment({
        developerGroups: many(11, "group-", {}),
        devices: { laptop: device({ groups: Object.keys(many(11, "group-", {})) }) },
      }),
    ),
  "reactivation-role-unreviewed": () =>
    said(
      environment({
        roles: { daily: role(), reactivate: { reactivatesKeys: true, github: github({ branch: "main" }) } },
      }),
    ),
  "unknown-name": () => said(withDevice({ roles: ["dialy"] }, { roles: { daily: role(), other: listed } })),
  "group-missing": () => said(withDevice({ groups: [] })),
  "guard-missing": () =>
    said(
      environment({
        developerGroups: { open: { guard: { mfa: false, networks: false } } },
        devices: { laptop: device({ groups: ["open"] }) },
      }),
    ),
  "role-suffix-missing": () => said(withDevice({ roles: ["daily", "stage/daily"] }), stage()),
  "federated-trust-open": () =>
    said(
      environment({
        identityProviders: { oidc: { gitlab: { url: "https://gitlab.com", audiences: ["a"] } } },
        roles: {
          daily: role(),
          deploy: role({ oidc: { provider: "gitlab", subjects: ["project_path:octo/*"] } }),
        },
      }),
    ),
  "identity-provider-invalid": () =>
    said(environment({ identityProviders: { oidc: { gitlab: { url: "gitlab.com", audiences: ["a"] } } } })),
  "role-unassumable": () => said(environment({ roles: { daily: role(), orphan: role() } })),
  "user-policy-on-role": () =>
    said(
      withRole({
        statements: [{ ...allow("s3:GetObject", "*", { Bool: { "aws:MultiFactorAuthPresent": "true" } }) }],
      }),
    ),
  "administrator-undeclared": () => said(withRole({ managedPolicies: ["AdministratorAccess"] })),
  "managed-policy-name-invalid": () => said(withRole({ managedPolicies: ["View Only"] })),
  "trusted-user-invalid": () =>
    said(withRole({ trust: { externalUsers: ["arn:aws:iam::444455556666:user/*"] } })),
  "github-job-invalid": () => said(withRole({ github: { repository: "octo/website", branch: "release/*" } })),
  "pull-request-administrator": () =>
    said(withRole({ administrator: true, github: { repository: "octo/website", pullRequest: true } })),
  "tag-invalid": () => said(environment({ tags: { "aws:team": "web" } })),
  "description-invalid": () => said(withRole({ description: "毎日" })),
  "cron-invalid": () => said(withRules({ schedule: { cron: "cron(0 0 * * *)", timeZone: "Asia/Tokyo" } })),
  "time-zone-unknown": () => said(withRules({ schedule: dailyAt("00:00", "Asia/Tokio") })),
  "schedule-never-runs": () =>
    said(withRules({ schedule: { cron: "cron(0 0 30 2 ? *)", timeZone: "Asia/Tokyo" } })),
  "schedule-time-skipped": () => said(withRules({ schedule: dailyAt("02:30", "Europe/Berlin") })),
  "key-rule-empty": () => said(withRules({ rules: {} })),
  "key-rule-conflict": () => said(withRules({ rules: { nightly: { ...nightly, maxAgeDays: 90 } } })),
  "runtime-blocked": () => said(withRules({ runtime: "nodejs20.x" })),
  "sessions-not-told-apart": () =>
    said(
      environment({
        keyRules: {
          schedule: dailyAt("00:00", "UTC"),
          endSessions: true,
          rules: { age: { appliesTo: { path: "device" }, maxAgeDays: 90, reason: "short-lived" } },
        },
        recovery: "second-device",
      }),
    ),
  "response-without-detection": () => said(environment({ respond: {} })),
  "pattern-never-matches": () =>
    judged(
      detectionViolations,
      environment({
        detection: {
          trail: { existing: "arn:aws:cloudtrail:eu-central-1:111122223333:trail/management-events" },
          deploymentRoles: ["arn:aws:iam::111122223333:role/deploy**"],
        },
      }),
    ),
  "root-cannot-recover": () =>
    said(
      environment({
        root: { credentials: "central" },
        recovery: { root: { acknowledgeRootRecovery: true } },
      }),
    ),
  "exempt-path-invalid": () => said(withRules({ exemptPaths: ["/baseline/device/"] })),
  "key-rules-too-large": () =>
    judged(
      keyRuleViolations,
      environment({
        devices: {
          laptop: device(),
          ...many(4_900, "workplace-of-somebody-with-a-rather-long-name-here-", device({ owner: "ben" })),
        },
        developerGroups: { developers: {} },
        keyRules: { ...keyRules, rules: { nightly: { ...nightly, appliesTo: { group: "developers" } } } },
      }),
    ),
  "recovery-missing": () => judged(keyRuleViolations, environment({ keyRules })),
  "recovery-unavailable": () =>
    judged(keyRuleViolations, environment({ keyRules, recovery: "second-device" })),
  "recovery-runs-out": () =>
    judged(
      keyRuleViolations,
      environment({
        devices: { laptop: device({ roles: ["daily", "back"] }), home: device({ roles: ["daily", "back"] }) },
        roles: { daily: role(), back: keyRecoveryRole() },
        keyRules: {
          ...keyRules,
          rules: { "old-keys": { appliesTo: { path: "device" }, maxAgeDays: 90, reason: "CIS" } },
        },
        recovery: "second-device",
      }),
    ),
  "policy-too-long": () =>
    judged(
      (one) => documentViolations(one, [one]),
      withRole({ statements: [allow("s3:GetObject", `arn:aws:s3:::${"x".repeat(10_240)}`)] }),
    ),
  "outdir-unwritable": () =>
    printed(() => {
      throw outdirRefusal(Object.assign(new Error(), { code: "EEXIST", path: "cdktf.out" }), "cdktf.out");
    }),
  "environments-missing": () => printed(() => validateBaseline([], NOW)).then(lastLine),
  "environments-invalid": () => printed(() => validateBaseline([environment({ allowedNetworks: [] })], NOW)),
};

const lastLine = (text: string) => text.split("\n").at(-1)?.trim() ?? "";
const listed = role({ github: { repository: "octo/website", branch: "main" } });

function github(job: { readonly branch: string }) {
  return { repository: "octo/website", ...job };
}
