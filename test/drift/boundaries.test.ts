import { compareAccess } from "../../src/drift/compare-access";
import { judgeDrift } from "../../src/drift/judge-drift";
import { policyDocument, type Statement } from "../../src/iam/policy-document";
import { ACCOUNT, accessGraph, allow, attached, role, trust } from "../builders/access-graph";
import { accountInventory, policyDetails, roleDetails } from "../builders/account-inventory";

const ec2: Statement = {
  Effect: "Allow",
  Principal: { Service: "ec2.amazonaws.com" },
  Action: "sts:AssumeRole",
};
const arn = (name: string) => `arn:aws:iam::${ACCOUNT}:policy/team/${name}`;
const reading = policyDocument(allow("s3:Get*", "*"));

/** What drift says of a role whose declared boundary lets it read. */
function told(actual: readonly Statement[] | undefined): readonly string[] {
  const boundary = attached(reading, { kind: "managed", name: "reading", arn: arn("reading") });
  const declared = role({ name: "app", path: "/team/", trust: trust(ec2), permissionsBoundary: boundary });
  const found = {
    ...roleDetails("app", policyDocument(ec2), { path: "/team/" }),
    ...(actual !== undefined && {
      PermissionsBoundary: { PermissionsBoundaryType: "Policy", PermissionsBoundaryArn: arn("other") },
    }),
  };
  const { findings } = judgeDrift({
    environment: "prod",
    plans: [],
    withoutPlan: [{ stack: "prod-identity", graph: accessGraph({ roles: [declared] }) }],
    inventory: accountInventory({
      roles: [found],
      policies: actual === undefined ? [] : [policyDetails("other", policyDocument(...actual), "/team/")],
    }),
  });
  return findings.map(({ severity, rule, address }) => `${severity} ${rule} ${address}`);
}

test.each<[string, readonly Statement[] | undefined, string]>([
  ["is gone", undefined, "high"],
  ["lets it do everything", [allow("*", "*")], "high"],
  ["lets it do something else", [allow("s3:PutObject", "*")], "high"],
  ["lets it do less", [allow("s3:GetObject", "*")], "medium"],
  ["says the same under another name", [allow("s3:Get*", "*")], "medium"],
])("a boundary that %s", (_what, actual, severity) => {
  expect(told(actual)).toContain(`${severity} boundary-changed role/app`);
});

test("a boundary that nobody declares is a limit more", () => {
  const declared = accessGraph({ roles: [role({ trust: trust(ec2) })] });
  const limited = role({
    trust: trust(ec2),
    permissionsBoundary: attached(reading, { kind: "managed", arn: arn("reading") }),
  });
  expect(compareAccess(declared, accessGraph({ roles: [limited] })).facts).toMatchObject([
    { kind: "boundary-changed", address: "role/daily" },
  ]);
});
