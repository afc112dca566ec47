import { IamArns } from "../../src/environment/arns";

describe("the ARNs of an account", () => {
  const arns = new IamArns({ partition: "aws", accountId: "111122223333", namespace: "team" });

  test.each([
    ["user", arns.user(arns.paths.device, "laptop"), "arn:aws:iam::111122223333:user/team/device/laptop"],
    ["ci user", arns.user(arns.paths.ci, "o.w"), "arn:aws:iam::111122223333:user/team/ci/o.w"],
    [
      "break-glass",
      arns.user(arns.paths.breakGlass, "x"),
      "arn:aws:iam::111122223333:user/team/break-glass/x",
    ],
    ["group", arns.group("developers"), "arn:aws:iam::111122223333:group/team/developers"],
    ["role", arns.role("daily-x"), "arn:aws:iam::111122223333:role/team/daily-x"],
    ["policy", arns.policy("team-guard"), "arn:aws:iam::111122223333:policy/team/team-guard"],
    ["mfa device", arns.mfa("laptop"), "arn:aws:iam::111122223333:mfa/laptop"],
    ["any user", arns.anyUser, "arn:aws:iam::111122223333:user/*"],
    [
      "AWS policy",
      arns.managedPolicy("job-function/ViewOnlyAccess"),
      "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess",
    ],
    [
      "own policy",
      arns.managedPolicy("arn:aws:iam::111122223333:policy/x"),
      "arn:aws:iam::111122223333:policy/x",
    ],
  ])("%s: %s", (_what, arn, expected) => expect(arn).toBe(expected));
});
