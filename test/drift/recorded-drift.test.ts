import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseReportRows } from "../../src/credentials/parse-credential-report";
import type { Drift } from "../../src/drift/judge-drift";
import { judgeDrift } from "../../src/drift/judge-drift";
import { planEvidence } from "../../src/drift/plan/plan-evidence";
import { readInventory } from "../../src/drift/read-inventory";

const FIXTURES = join(__dirname, "../fixtures/terraform");
const text = (name: string) => readFileSync(join(FIXTURES, name), "utf8");
const json = (name: string): unknown => JSON.parse(text(name));

/** Drift of recorded plans, with or without the recorded account. */
function drift(plans: readonly string[], withAccount = false): Drift {
  const inventory = () =>
    readInventory(
      json("drift.account-authorization-details.json"),
      "inventory.json",
      parseReportRows(text("drift.credential-report.moto.csv")),
    );
  return judgeDrift({
    environment: "personal",
    plans: plans.map((file) => planEvidence({ stack: "personal-identity", file, json: json(file) })),
    ...(withAccount && { inventory: inventory() }),
  });
}

function told({ findings }: Drift): readonly string[] {
  return findings.map(({ severity, rule, address }) => `${severity} ${rule} ${address}`).sort();
}

const IN_THE_PLAN = [
  "critical policy-attached user/work/policy/AdministratorAccess",
  "critical trust-changed role/admin-vt7wuiv3",
  "high group-left user/home/group/developers",
  "high policy-attached user/home/inline-policy/sneaky",
  "high session-changed role/admin-vt7wuiv3",
  "medium password-policy-changed account/password-policy",
];
const IN_THE_ACCOUNT = [
  "high undeclared-access-key user/intruder",
  "high undeclared-password user/work",
  "high undeclared-user user/intruder",
];

describe("the recorded drift", () => {
  test.each(["drift.plan.json", "drift.refresh-only.plan.json"])(
    "%s tells what Terraform sees, once each",
    (file) => {
      expect(told(drift([file]))).toEqual(IN_THE_PLAN);
    },
  );

  test.each(["drift.plan.json", "drift.refresh-only.plan.json"])(
    "%s with the account tells the whole story, once each",
    (file) => {
      expect(told(drift([file], true))).toEqual([...IN_THE_PLAN, ...IN_THE_ACCOUNT].sort());
    },
  );

  test("both kinds of plan together tell nothing twice", () => {
    const both = ["drift.plan.json", "drift.refresh-only.plan.json"];
    expect(told(drift(both, true))).toEqual([...IN_THE_PLAN, ...IN_THE_ACCOUNT].sort());
  });

  const { findings } = drift(["drift.plan.json"], true);
  const finding = (rule: string, address = "") =>
    findings.find((one) => one.rule === rule && one.address.startsWith(address));

  test.each([
    ["policy-attached", "user/work", "administrator rights: everything on any resource"],
    [
      "policy-attached",
      "user/home",
      "inline policy sneaky, which is not declared: it allows s3:* on any resource",
    ],
    ["group-left", "user/home", "the guard of the group no longer holds it (guard, self-service)"],
    ["session-changed", "role/admin", "may last 12 h, declared are 1 h"],
    ["trust-changed", "role/admin", "everybody in the account who may assume roles"],
    ["password-policy-changed", "account", "minimum password length is 8, declared is 14"],
    ["undeclared-user", "user/intruder", "(path /) with 1 access key is declared nowhere"],
    ["undeclared-password", "user/work", "has a password"],
  ])("%s of %s is said as access", (rule, address, words) => {
    expect(finding(rule, address)?.message).toContain(words);
  });

  test("the rewritten trust names who may assume the role now", () => {
    expect(finding("trust-changed")?.evidence?.join("\n")).toContain("user work may assume it now");
  });

  test.each([
    ["policy-attached", "user/work", "`npx cdktf deploy personal-identity`"],
    ["undeclared-user", "user/intruder", 'import { to = aws_iam_user.<id> id = "intruder" }'],
    ["undeclared-password", "user/work", "`aws iam delete-login-profile --user-name work`"],
    ["group-left", "user/home", 'take "developers" out of the groups of home in environments/personal.ts'],
  ])("%s of %s has its remedy", (rule, address, words) => {
    expect(finding(rule, address)?.remedy).toContain(words);
  });

  test("what the files do not tell of is said once, and is no failure", () => {
    const { notAsked, notChecked } = drift(["drift.plan.json"], true);
    expect(notChecked).toEqual([]);
    expect(notAsked).toBe(
      "the files do not tell of OIDC providers, SAML providers, MFA devices of 4 users, SSH keys of 4 users, service-specific credentials of 4 users, access keys of the root user, functions, schedules and subscriptions",
    );
  });
});

describe("a plan of the shipped stacks, by the real provider", () => {
  test.each([
    ["01-no-change-right-after-first-apply-hygiene-sns-topic-policy-in-resource_drift.json", []],
    ["02-no-change-right-after-first-apply-identity.json", []],
    [
      "20-drift-function-code-replaced.json",
      ["high resource-changed aws_lambda_function.deactivate-access-keys_function_BEDE152F"],
    ],
    [
      "23-drift-topic-policy-opened.json",
      ["high resource-changed aws_sns_topic_policy.topic_policy_F0B28A68"],
    ],
    ["25-no-drift-email-subscription-confirmed-after-deploy.json", []],
    ["26-no-change-right-after-first-apply-state-bucket.json", []],
    ["34-no-drift-after-remedy-stale-managed_policy_arns-of-role.json", []],
  ])("%s", (file, expected) => {
    const recorded = drift([`real/${file}`]);
    expect([told(recorded), recorded.notChecked]).toEqual([expected, []]);
  });
});

describe("provider noise", () => {
  test.each(["no-change.plan.json", "no-drift.refresh-only.plan.json", "hygiene-no-change.plan.json"])(
    "%s gives nothing",
    (file) => {
      const { findings, notChecked } = drift([file]);
      expect([findings, notChecked]).toEqual([[], []]);
    },
  );

  test("is kept for who asks", () => {
    const { ignored } = drift(["no-change.plan.json"]);
    expect(ignored).toContainEqual({
      address: "aws_iam_policy.guard",
      attribute: "attachment_count",
      reason: "computed: it follows from something else",
    });
    expect(ignored.map(({ reason }) => reason)).toContain("null and empty mean the same");
  });
});

describe("a configuration that was not deployed", () => {
  test.each([
    ["guard-weakened.plan.json", ["low undeployed-change policy/baseline/guard"]],
    ["guard-detached.plan.json", ["low undeployed-change group/developers/policy/baseline/guard"]],
    [
      "device-added.plan.json",
      ["low undeployed-change role/daily-vt7wuiv3", "low undeployed-change user/tablet"],
    ],
    ["hygiene-schedule-disabled.plan.json", ["low undeployed-change aws_scheduler_schedule.schedule"]],
    [
      "hygiene-permission-dropped.plan.json",
      ["low undeployed-change role/deactivate-access-keys/inline-policy/deactivate-access-keys"],
    ],
  ])("%s is told as that, not as drift", (file, expected) => {
    expect(told(drift([file]))).toEqual(expected);
  });

  test.each(["create.plan.json", "real/03-create-personal-identity.json"])(
    "nothing at all was deployed (%s): that is not checked, and no finding",
    (file) => {
      const { findings, notChecked } = drift([file]);
      expect(findings).toEqual([]);
      expect(notChecked).toEqual([
        {
          rule: "stack-not-deployed",
          reason: "personal: it was never deployed: the state of personal-identity is empty",
        },
      ]);
    },
  );

  test("one stack of several was not deployed", () => {
    const plans = ["no-change.plan.json", "hygiene-create.plan.json"].map((file) =>
      planEvidence({ stack: `stack of ${file}`, file, json: json(file) }),
    );
    expect(told(judgeDrift({ environment: "personal", plans }))).toEqual([
      "low stack-not-deployed stack of hygiene-create.plan.json",
    ]);
  });

  test("an empty state of an account that holds its principals is a lost state", () => {
    const [lost] = drift(["create.plan.json"], true).findings.filter(
      ({ rule }) => rule === "stack-not-deployed",
    );
    expect(lost).toMatchObject({ severity: "high", message: expect.stringContaining("the state is lost") });
  });
});
