import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { type CompressedText, linesByKey } from "../../src/iam/data/compressed-text";
import { natureOf } from "../../src/review/natures/attribute-nature";
import data from "../../src/review/natures/attribute-natures.json";

const root = join(__dirname, "../..");
const lines = linesByKey(data as CompressedText);

describe("what attributes are, by the bindings of the provider", () => {
  test("the file is what the script makes of the bindings that are installed", () => {
    const script = ["--import", "tsx", "scripts/update-attribute-natures.ts", "--check"];
    const { status, stderr } = spawnSync(process.execPath, script, { cwd: root, encoding: "utf8" });
    expect([status, stderr.replace(/^\d+ types.*$/ms, "")]).toEqual([0, ""]);
  }, 120_000);

  test("it has every resource type", () => {
    const library = join(root, "node_modules/@cdktf/provider-aws/lib");
    const folders = readdirSync(library, { withFileTypes: true }).filter(
      (entry) => entry.isDirectory() && !entry.name.startsWith("data-aws-") && entry.name !== "provider",
    );
    expect(lines.size).toBeGreaterThan(1_400);
    const known = new Set([...lines.keys()].map((type) => type.replaceAll("_", "")));
    // a few folders are named by what the type was called once
    const missing = folders.filter(({ name }) => !known.has(name.replaceAll("-", "")));
    expect(missing.map(({ name }) => name).length).toBeLessThan(folders.length * 0.02);
    expect(lines.size).toBeGreaterThanOrEqual(folders.length - missing.length);
  });

  test.each([
    ["aws_qldb_ledger", "permissions_mode", "STANDARD", "ordinary", false],
    ["aws_s3control_access_grant", "grantee.grantee_identifier", "x", "principal", true],
    ["aws_elasticsearch_domain", "access_policies", "x", "policy", true],
    ["aws_ecs_task_definition", "task_role_arn", "x", "role", true],
    ["aws_launch_configuration", "iam_instance_profile", "x", "role", true],
    ["aws_launch_template", "user_data", "x", "code", true],
    ["aws_db_instance", "publicly_accessible", true, "public", true],
    ["aws_db_instance", "password", "x", "secret", true],
    ["aws_db_instance", "kms_key_id", "x", "encryption", true],
    ["aws_ebs_volume", "kms_key_id", "x", "encryption", true],
    ["aws_security_group", "ingress.cidr_blocks", "x", "network", true],
    ["aws_ami_launch_permission", "account_id", "x", "principal", true],
    ["aws_instance", "tags.Name", "x", "ordinary", true],
  ] as const)("%s.%s is %s", (type, path, value, nature, is) => {
    expect(natureOf(type, path, undefined, value) === nature).toBe(is);
  });
});
