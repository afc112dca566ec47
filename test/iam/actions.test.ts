import {
  accessLevel,
  action,
  actionsOfService,
  expandActions,
  isKnownAction,
  servicePrefixes,
} from "../../src/iam/actions";

describe("expandActions", () => {
  test.each([
    ["iam:CreateUser", ["iam:CreateUser"]],
    ["IAM:createuser", ["iam:CreateUser"]],
    ["iam:*AccessKey", ["iam:CreateAccessKey", "iam:DeleteAccessKey", "iam:UpdateAccessKey"]],
    ["iam:?reateUser", ["iam:CreateUser"]],
    ["sts:AssumeRole*", ["sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"]],
  ])("%s expands to the actions that it matches", (pattern, expected) => {
    expect(expandActions(pattern)).toEqual(expected);
  });

  test("a wildcard alone is every action of every service", () => {
    const all = expandActions("*");
    expect(all.length).toBeGreaterThan(20_000);
    expect(all).toEqual(servicePrefixes().flatMap(actionsOfService));
  });

  test("a wildcard in the service reaches several services", () => {
    expect(expandActions("s?s:TagResourc*")).toEqual(["ses:TagResource", "sns:TagResource"]);
  });

  test.each(["iam:NoSuchAction", "nosuchservice:*", "iam", "iam:", ""])(
    "%j expands to nothing",
    (pattern) => {
      expect(expandActions(pattern)).toEqual([]);
    },
  );

  test("a pattern of many wildcards takes no time", () => {
    const started = performance.now();
    expect(expandActions(`s3:${"*a".repeat(40)}b`)).toEqual([]);
    expect(performance.now() - started).toBeLessThan(500);
  });

  test("a pattern agrees with the regular expression that it stands for", () => {
    const names = actionsOfService("s3");
    for (const pattern of ["Get*", "*Object*", "?et*Acl", "*", "GetObject?ersion", "**Tagging"]) {
      const expression = new RegExp(`^s3:${pattern.replace(/\*/g, ".*").replace(/\?/g, ".")}$`, "i");
      expect(expandActions(`s3:${pattern}`)).toEqual(names.filter((name) => expression.test(name)));
    }
  });
});

describe("what is known of an action", () => {
  test.each([
    ["s3:ListBucket", "List"],
    ["s3:GetObject", "Read"],
    ["s3:PutObject", "Write"],
    ["s3:PutObjectTagging", "Tagging"],
    ["iam:AttachUserPolicy", "Permissions management"],
    ["IAM:attachuserpolicy", "Permissions management"],
  ])("%s is of level %s", (name, level) => {
    expect(accessLevel(name)).toBe(level);
  });

  test("an action that the list does not have has no level", () => {
    expect(accessLevel("iam:NoSuchAction")).toBeUndefined();
    expect(isKnownAction("iam:NoSuchAction")).toBe(false);
  });

  test("a pattern is no action", () => {
    expect(isKnownAction("iam:*")).toBe(false);
  });

  test("an action on a resource tells its ARN", () => {
    expect(action("iam:CreateAccessKey")?.resources).toEqual([
      { arn: "arn:${Partition}:iam::${Account}:user/${UserNameWithPath}", required: true },
    ]);
  });

  test("a list action that cannot be limited has no resources", () => {
    expect(action("iam:ListVirtualMFADevices")?.resources).toEqual([]);
  });
});
