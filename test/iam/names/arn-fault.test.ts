import { managedPolicyTexts } from "../../../src/iam/managed-policies";
import { arnFault } from "../../../src/iam/names/arn-fault";

describe("an ARN that can be one", () => {
  test.each([
    "*",
    "arn:aws:s3:::octo-website/*",
    "arn:*:s3:::octo-website",
    "arn:aws:s3:*",
    "arn:aws:lambda:*",
    "arn:aws:lambda:eu-central-1:*",
    "arn:aws:lambda:eu-*:111122223333:function:api-*",
    "arn:aws:lambda:eu-central-1:1111222233??:function:api",
    "arn:aws:iam::111122223333:user/baseline/device/*",
    "arn:aws:iam::111122223333:root",
    "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess",
    "arn:aws:iam::*:role/${aws:PrincipalTag/team}",
    "arn:aws:ec2:eu-central-1::image/ami-0123456789abcdef0",
    "arn:aws:ec2:*:*:instance/*",
    "arn:aws:ssm:eu-central-1::document/AWS-RunShellScript",
    "arn:aws:ssm:eu-central-1:111122223333:parameter/app/*",
    "arn:aws:logs:eu-central-1:111122223333:log-group:/aws/lambda/*:*",
    "arn:aws:dynamodb:eu-central-1:111122223333:table/orders/index/*",
    "arn:aws:apigateway:eu-central-1::/restapis/*",
    "arn:aws:execute-api:eu-central-1:111122223333:abc123/*",
    "arn:aws:cloudfront::111122223333:distribution/E1",
    "arn:aws:route53:::hostedzone/Z1",
    "arn:aws:kms:eu-central-1:111122223333:key/11111111-2222-3333-4444-555555555555",
    "arn:aws:sts::111122223333:assumed-role/daily-k7q2m9xd/work",
    "arn:aws:cloudformation:us-east-1:aws:transform/Serverless-2016-10-31",
    "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-v2",
  ])("%s", (arn) => {
    expect(arnFault(arn, "aws")).toBeUndefined();
  });

  test.each([
    ["arn:aws-cn:s3:::octo/*", "aws-cn"],
    ["arn:aws-us-gov:lambda:us-gov-west-1:111122223333:function:api", "aws-us-gov"],
    ["arn:aws-iso:s3:::octo", "aws-iso"],
    ["arn:aws-eusc:sqs:eusc-de-east-1:111122223333:jobs", "aws-eusc"],
  ])("%s in %s", (arn, partition) => {
    expect(arnFault(arn, partition)).toBeUndefined();
  });
});

describe("refuses", () => {
  test.each([
    ["arn:aws:s3::octo/*", "three colons before the bucket"],
    ["arn:aws:s3::octo", "three colons before the bucket"],
    ["octo-website/*", "write the whole ARN"],
    ["arn:aws:s3", "empty part"],
    ["arn:aws-cn:s3:::octo/*", "write arn:aws:..."],
    ["arn:awss:s3:::octo/*", "write arn:aws:..."],
    ["arn:aws:s33:::octo/*", 'did you mean "s3"?'],
    ["arn:aws:S3:::octo/*", 'did you mean "s3"?'],
    ["arn:aws:lambda:eu-centrl-1:111122223333:function:api", 'did you mean "eu-central-1"?'],
    ["arn:aws:lambda:cn-north-1:111122223333:function:api", "cn-north-1 is one of aws-cn"],
    ["arn:aws:lambda:eu-central-1:11112222333:function:api", "11 digits are no account id"],
    ["arn:aws:lambda:eu-central-1:octo:function:api", "write the account id"],
    ["arn:aws:lambda:eu-central-1::function:api", "write an account"],
    ["arn:aws:lambda::111122223333:function:api", "write a region"],
    ["arn:aws:lambda:eu-central-1:111122223333:functon:api", 'did you mean "function"?'],
    ["arn:aws:s3:eu-central-1::octo/*", "leave the region empty"],
    ["arn:aws:s3::111122223333:octo/*", "leave the account empty"],
    ["arn:aws:iam:eu-central-1:111122223333:role/x", "leave the region empty"],
    ["arn:aws:iam::111122223333:rol/x", 'did you mean "role"?'],
    ["arn:aws:states:eu-central-1:111122223333:statemachine:x", 'did you mean "stateMachine"?'],
  ])("%s: %s", (arn, remedy) => {
    expect(arnFault(arn, "aws")?.remedy).toContain(remedy);
  });
});

test("of the ARNs in AWS's own policies only those are refused that are wrong there too", () => {
  const refused = new Set<string>();
  for (const text of managedPolicyTexts()) {
    for (const { Resource = [], NotResource = [] } of JSON.parse(text).Statement) {
      for (const arn of [Resource, NotResource].flat() as string[])
        if (arnFault(arn, /^arn:([a-z-]+):/.exec(arn)?.[1] ?? "aws")) refused.add(arn);
    }
  }
  expect([...refused].sort()).toEqual([
    "arn:aws:appflow:*:*:connector-profile/*",
    "arn:aws:ec2:*:*:vpc-endpoint:*",
    "arn:aws:kms:*::*",
    "arn:aws:pricingplanmanager::*:subscription:*",
    "arn:aws:quicksight:*:*:vpcconnection/*",
    "arn:aws:sagemaker:*:*:endpointconfig/*",
    "arn:aws:states:*:*:statemachine:*sagemaker*",
  ]);
});
