import type { OneOrMany, Statement } from "../iam/policy-document";

/**
 * What recovery needs on a day when every key is inactive: see the keys of device users, set one to Active, and say by
 * tags for how long (docs/decisions/0005). It can make no key, so it is of no use without the device that holds one.
 *
 * @param deviceUserArns ARNs of device users, or a pattern of them, such as `arn:...:user/baseline/device/*`
 */
export function reactivationStatements(deviceUserArns: OneOrMany<string>): readonly Statement[] {
  return [
    {
      Sid: "ReactivateKeysOfDevices",
      Effect: "Allow",
      Action: [
        "iam:ListAccessKeys",
        // a key that AWS found in public is not set to Active again
        "iam:ListAttachedUserPolicies",
        "iam:ListUserTags",
        "iam:UpdateAccessKey",
      ],
      Resource: deviceUserArns,
    },
    {
      Sid: "SayForHowLong",
      Effect: "Allow",
      Action: ["iam:TagUser", "iam:UntagUser"],
      Resource: deviceUserArns,
      // ForAllValues alone would pass where no tag key is given
      Condition: {
        "ForAllValues:StringLike": { "aws:TagKeys": "baseline:keep-active-*" },
        Null: { "aws:TagKeys": "false" },
      },
    },
  ];
}
