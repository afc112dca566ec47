import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { isManagedPolicyArn, managedPolicy, managedPolicyNames } from "../../src/iam/managed-policies";

const ROOT = join(__dirname, "../..");

describe("managedPolicy", () => {
  test.each([
    ["an ARN", "arn:aws:iam::aws:policy/AdministratorAccess"],
    ["a name", "AdministratorAccess"],
    ["an ARN of another partition", "arn:aws-cn:iam::aws:policy/AdministratorAccess"],
  ])("AdministratorAccess by %s allows everything", (_by, name) => {
    expect(managedPolicy(name).document).toEqual({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
    });
  });

  test.each([
    ["job-function/ViewOnlyAccess", "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess"],
    ["ViewOnlyAccess", "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess"],
    [
      "service-role/AWSLambdaBasicExecutionRole",
      "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
    ],
    [
      "aws-service-role/AWSSupportServiceRolePolicy",
      "arn:aws:iam::aws:policy/aws-service-role/AWSSupportServiceRolePolicy",
    ],
  ])("%s is the policy %s", (name, arn) => {
    const policy = managedPolicy(name);
    expect(policy).toMatchObject({ kind: "aws-managed", arn });
    expect(policy.document).toHaveProperty("Statement.0.Effect");
  });

  test("a policy that the data does not hold is unknown, never empty", () => {
    expect(managedPolicy("arn:aws:iam::aws:policy/NoSuchPolicy").document).toMatchObject({
      unknown: true,
      reason: expect.stringContaining("no AWS managed policy NoSuchPolicy"),
    });
  });

  test("a wrong path is unknown and tells the right one", () => {
    expect(managedPolicy("arn:aws:iam::aws:policy/ViewOnlyAccess").document).toMatchObject({
      reason: expect.stringContaining("the policy of that name is job-function/ViewOnlyAccess"),
    });
  });

  test.each(["aws-cn", "aws-us-gov", "aws-iso"])("in %s the ARNs are of that partition", (partition) => {
    const { arn, document } = managedPolicy(`arn:${partition}:iam::aws:policy/job-function/SupportUser`);
    expect(arn).toBe(`arn:${partition}:iam::aws:policy/job-function/SupportUser`);
    const key = "service-role/AmazonAPIGatewayPushToCloudWatchLogs";
    expect(document).toHaveProperty("Statement.0");
    expect(JSON.stringify(managedPolicy(`arn:${partition}:iam::aws:policy/${key}`))).not.toContain(
      '"arn:aws:',
    );
  });

  test("a name that no partition has stays unknown", () => {
    expect(managedPolicy("arn:aws-cn:iam::aws:policy/ViewOnlyAcess").document).toMatchObject({
      unknown: true,
    });
  });

  test("every document has its statements as a list", () => {
    for (const name of managedPolicyNames()) {
      expect(managedPolicy(`arn:aws:iam::aws:policy/${name}`).document).toHaveProperty("Statement.0");
    }
  });

  test.each([
    ["arn:aws:iam::aws:policy/ReadOnlyAccess", true],
    ["arn:aws-cn:iam::aws:policy/ReadOnlyAccess", true],
    ["arn:aws:iam::111122223333:policy/ReadOnlyAccess", false],
  ])("whether %s is AWS's own: %s", (arn, expected) => {
    expect(isManagedPolicyArn(arn)).toBe(expected);
  });
});

test("the data files are what the script makes of the installed packages", () => {
  const { status, stdout } = spawnSync(process.execPath, ["scripts/update-access-data.mjs", "--check"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  expect(stdout).not.toContain("out of date");
  expect(status).toBe(0);
});
