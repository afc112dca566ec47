import { s3 } from "../../src/environment/backend";
import { environment } from "../builders/environment";
import { policyOf, resourcesOf, stackOf, synthesize } from "../support/synthesize";

const settings = { bucket: "octo-state", region: "eu-west-1", createBucket: true };
const stacks = synthesize(
  environment({ backend: s3(settings) }),
  environment({
    name: "stage",
    accountId: "444455556666",
    region: "cn-north-1",
    backend: s3({
      ...settings,
      bucket: "octo-cn",
      region: "cn-north-1",
      kmsKeyArn: "arn:aws-cn:kms:cn-north-1:444455556666:key/1",
    }),
  }),
  environment({ name: "dev", accountId: "777788889999", backend: s3({ ...settings, createBucket: false }) }),
);
const prod = stackOf(stacks, "prod-state-backend");
const stage = stackOf(stacks, "stage-state-backend");
const only = (type: string, stack = prod) => {
  const [resource, ...others] = resourcesOf(stack, type);
  expect(others).toEqual([]);
  return resource?.attributes ?? {};
};

describe("the bucket that keeps the state", () => {
  test("is made only where it is asked for", () => {
    expect([...stacks.keys()].filter((name) => name.endsWith("state-backend"))).toEqual([
      "prod-state-backend",
      "stage-state-backend",
    ]);
  });

  test("keeps its own state in a file, in its own region and account", () => {
    expect(Object.keys(prod.json.terraform.backend)).toEqual(["local"]);
    expect(prod.json.provider["aws"]).toMatchObject([
      { region: "eu-west-1", allowed_account_ids: ["111122223333"] },
    ]);
  });

  test("has the addresses that it had", () => {
    expect(prod.resources.map(({ address }) => address)).toMatchSnapshot();
  });

  test("cannot be destroyed by a plan", () => {
    expect(only("aws_s3_bucket")).toEqual({ bucket: "octo-state", lifecycle: { prevent_destroy: true } });
  });

  test("keeps versions, and lets old ones expire after 90 days", () => {
    expect(only("aws_s3_bucket_versioning")).toMatchObject({
      versioning_configuration: { status: "Enabled" },
    });
    expect(only("aws_s3_bucket_lifecycle_configuration")["rule"]).toEqual([
      expect.objectContaining({
        status: "Enabled",
        noncurrent_version_expiration: [{ noncurrent_days: 90 }],
      }),
    ]);
  });

  test("encrypts with S3's key, or with the one that is named", () => {
    const rule = (stack = prod) => only("aws_s3_bucket_server_side_encryption_configuration", stack)["rule"];
    expect(rule()).toEqual([
      { apply_server_side_encryption_by_default: { sse_algorithm: "AES256" }, bucket_key_enabled: false },
    ]);
    expect(rule(stage)).toEqual([
      {
        apply_server_side_encryption_by_default: {
          sse_algorithm: "aws:kms",
          kms_master_key_id: "arn:aws-cn:kms:cn-north-1:444455556666:key/1",
        },
        bucket_key_enabled: true,
      },
    ]);
  });

  test("is private", () => {
    expect(only("aws_s3_bucket_public_access_block")).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(only("aws_s3_bucket_ownership_controls")).toMatchObject({
      rule: { object_ownership: "BucketOwnerEnforced" },
    });
  });

  test.each([
    ["prod", prod, "arn:aws:s3:::octo-state"],
    ["stage", stage, "arn:aws-cn:s3:::octo-cn"],
  ])("of %s is reached by TLS only", (_name, stack, arn) => {
    expect(policyOf(only("aws_s3_bucket_policy", stack)["policy"]).Statement).toEqual([
      {
        Sid: "DenyWithoutTls",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [arn, `${arn}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
  });
});
