import { actionCarriesKey, conditionKey, conditionKeysOfAction } from "../../../src/iam/names/condition-keys";

describe("what is known of a condition key", () => {
  test.each([
    ["aws:SourceIp", "address"],
    ["AWS:sourceip", "address"],
    ["aws:ResourceTag/team", "string"],
    ["s3:prefix", "string"],
    ["s3:ExistingObjectTag/class", "string"],
    ["kms:EncryptionContext:purpose", "string"],
    ["codebuild:environment.environmentVariables/STAGE.value", "string"],
    ["ec2:RoleDelivery", "number"],
    ["aws:MultiFactorAuthPresent", "boolean"],
  ])("%s: %s", (key, type) => {
    expect(conditionKey(key)).toMatchObject({ type });
  });

  test.each(["aws:SourceVpcc", "aws:ResourceTag", "aws:ResourceTag/", "s3:prefixx", "s33:prefix", "prefix"])(
    "%s is none",
    (key) => {
      expect(conditionKey(key)).toBeUndefined();
    },
  );
});

describe("whether a request carries a key", () => {
  test.each([
    ["s3:ListBucket", "s3:prefix", true],
    ["S3:listbucket", "S3:PREFIX", true],
    ["ec2:RunInstances", "s3:prefix", false],
    ["s3:GetObject", "iam:PassedToService", false],
    ["iam:PassRole", "iam:PassedToService", true],
    ["iam:CreateUser", "iam:PermissionsBoundary", true],
    ["iam:CreateUser", "aws:SourceIp", true],
    ["iam:CreateUser", "lambda:SourceFunctionArn", true],
    ["iam:CreateUser", "token.actions.githubusercontent.com:sub", true],
    ["s3:GetObject", "s3:DataAccessPointArn", true],
    ["s3:GetNothing", "s3:prefix", undefined],
  ])("%s, %s: %s", (action, key, carries) => {
    expect(actionCarriesKey(action, key)).toBe(carries);
  });

  test("the keys of an action are told with those of its resources", () => {
    const names = conditionKeysOfAction("iam:PassRole")?.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["iam:PassedToService", "iam:AssociatedResourceArn"]));
    expect(names).not.toContain("iam:PolicyARN");
  });
});
