import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AccountImport } from "../../src/import/import-account";
import { movedWithin } from "../../src/import/moved-within";
import { released, releasedSource } from "../../src/import/released";
import { resourcesOfState } from "../../src/sources/state/graph-from-state";
import { importId } from "../../src/stacks/import-ids";

const ACCOUNT = "111122223333";
const resource = (
  type: string,
  name: string,
  instances: readonly (readonly [key: string | number | undefined, attributes: object])[],
  module?: string,
) => ({
  mode: "managed",
  type,
  name,
  ...(module !== undefined && { module }),
  provider: 'provider["registry.terraform.io/hashicorp/aws"]',
  instances: instances.map(([key, attributes]) => ({
    ...(key !== undefined && { index_key: key }),
    attributes,
  })),
});
/** A state of terraform-aws-modules/iam and of what people write by hand. */
const STATE = {
  version: 4,
  terraform_version: "1.11.4",
  resources: [
    resource("aws_iam_user", "this", [[0, { name: "anna", path: "/" }]], 'module.users["anna"]'),
    resource("aws_iam_user", "this", [[0, { name: "ben", path: "/" }]], 'module.users["ben"]'),
    resource(
      "aws_iam_user_policy_attachment",
      "additional",
      [["x", { user: "anna", policy_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" }]],
      'module.users["anna"]',
    ),
    resource(
      "aws_iam_access_key",
      "this",
      [[0, { user: "anna", secret: "s3cr3t", id: "AKIAIOSFODNN7EXAMPLE" }]],
      'module.users["anna"]',
    ),
    resource("aws_iam_group", "devs", [[undefined, { name: "devs", path: "/" }]]),
    resource("aws_iam_group_membership", "devs", [
      [undefined, { group: "devs", name: "m", users: ["anna"] }],
    ]),
    resource("aws_iam_policy_attachment", "shared", [
      [
        undefined,
        { name: "s", users: ["anna", "ben"], policy_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
      ],
    ]),
    resource("aws_iam_policy", "deploy", [
      [undefined, { name: "deploy", path: "/", arn: `arn:aws:iam::${ACCOUNT}:policy/deploy` }],
    ]),
    resource("aws_s3_bucket", "site", [[undefined, { bucket: "site" }]]),
  ],
};
const taken = (...users: readonly string[]) => ({
  users: Object.fromEntries(users.map((name) => [name, { as: "device" as const }])),
  groups: { devs: {} },
  roles: {},
  policies: { deploy: { document: {} } },
});
const resources = resourcesOfState(STATE, "state");

describe("another state lets go of what is taken over", () => {
  test("of everything about it in any form, and of nothing else", () => {
    const all = released("iam.tfstate", resources, taken("anna", "ben"), ACCOUNT);
    expect(all.removed).toEqual([
      "aws_iam_group.devs",
      "aws_iam_group_membership.devs",
      "aws_iam_policy.deploy",
      "aws_iam_policy_attachment.shared",
      "module.users.aws_iam_user.this",
      "module.users.aws_iam_user_policy_attachment.additional",
    ]);
    expect(all.stateRm).toEqual([]);
    expect(all.kept).toEqual([
      {
        address: 'module.users["anna"].aws_iam_access_key.this[0]',
        reason: expect.stringContaining("secret"),
      },
    ]);
  });

  test("of single instances where others stay; what is about both is told", () => {
    const some = released("iam.tfstate", resources, taken("anna"), ACCOUNT);
    expect(some.stateRm).toEqual(['module.users["anna"].aws_iam_user.this[0]']);
    expect(some.removed).not.toContain("module.users.aws_iam_user.this");
    expect(some.kept.map(({ address }) => address)).toContain("aws_iam_policy_attachment.shared");
  });

  test("a policy of another account is not ours", () => {
    expect(released("x", resources, taken("anna"), "444455556666").removed).not.toContain(
      "aws_iam_policy.deploy",
    );
  });

  test("in a file that Terraform reads and formats so, without a secret", () => {
    const folder = mkdtempSync(join(tmpdir(), "iam-baseline-released-"));
    const text = releasedSource(released("iam.tfstate", resources, taken("anna"), ACCOUNT), "prod");
    writeFileSync(join(folder, "iam.removed.tf"), text);
    const { status, stderr } = spawnSync("terraform", ["fmt", "-check", folder], { encoding: "utf8" });
    rmSync(folder, { recursive: true, force: true });
    expect([status, stderr.includes("Error")]).toEqual([0, false]);
    expect(text).not.toContain("s3cr3t");
    expect(text).toContain(`#   terraform state rm 'module.users["anna"].aws_iam_user.this[0]'`);
  });
});

test("within the environment's own state, resources move, what it lacks is imported, other forms are forgotten", () => {
  const found = {
    accountId: ACCOUNT,
    draft: { existing: taken("anna") },
    resources: {
      aws_iam_user: ["anna"],
      aws_iam_user_policies_exclusive: ["anna"],
      aws_iam_user_policy_attachment: ["anna/arn:aws:iam::aws:policy/ReadOnlyAccess"],
      aws_iam_group: ["devs"],
      aws_iam_policy: [`arn:aws:iam::${ACCOUNT}:policy/deploy`],
    },
  } as unknown as AccountImport;
  const moved = movedWithin(resources, found, importId);
  expect(moved.released?.[0]?.kept.map(({ address }) => address)).toContain(
    "aws_iam_policy_attachment.shared",
  );
  expect(moved).toMatchObject({
    resources: { aws_iam_user_policies_exclusive: ["anna"] },
    moved: {
      aws_iam_user: { anna: 'module.users["anna"].aws_iam_user.this[0]' },
      aws_iam_user_policy_attachment: {
        "anna/arn:aws:iam::aws:policy/ReadOnlyAccess":
          'module.users["anna"].aws_iam_user_policy_attachment.additional["x"]',
      },
      aws_iam_group: { devs: "aws_iam_group.devs" },
      aws_iam_policy: { [`arn:aws:iam::${ACCOUNT}:policy/deploy`]: "aws_iam_policy.deploy" },
    },
    forgotten: ["aws_iam_group_membership.devs"],
  });
});
