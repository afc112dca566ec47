import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../src/cli/run";
import { contentDigest } from "../../src/review/digest";

const hasTerraform = spawnSync("terraform", ["version"]).status === 0;
const whereTerraformIs = hasTerraform ? describe : describe.skip;
const folder = mkdtempSync(join(tmpdir(), "iam-baseline-apply-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function apply(...argv: readonly string[]) {
  let text = "";
  const write = (more: string) => {
    text += more;
  };
  const output = { result: write, progress: write, columns: undefined };
  return { code: await run(["apply-reviewed", ...argv], output, { directory: folder }), text };
}

describe("without terraform", () => {
  test("refuses a digest that is none", async () => {
    const { code, text } = await apply("--plan-file", "plan", "--digest", "sha256:12");
    expect([code, text]).toEqual([1, expect.stringMatching(/expected sha256: and 64 hexadecimal digits/)]);
  });

  test("refuses a plan that is not there", async () => {
    const { code, text } = await apply("--plan-file", "nowhere", "--digest", `sha256:${"0".repeat(64)}`);
    expect([code, text]).toEqual([1, expect.stringMatching(/expected a saved plan/)]);
  });

  test("a plan that terraform shows otherwise than reviewed is not applied", async () => {
    const calls = join(folder, "calls");
    const fake = join(folder, "fake-terraform");
    writeFileSync(
      fake,
      `#!/bin/sh\necho "$1" >> ${calls}\n[ "$1" = show ] && echo '{"format_version":"1.2","a":1}'\nexit 0\n`,
      { mode: 0o755 },
    );
    writeFileSync(join(folder, "plan"), "binary");
    const options = ["--plan-file", "plan", "--terraform", fake, "--digest"] as const;
    const refused = await apply(...options, contentDigest({ format_version: "1.2", a: 2 }));
    expect([refused.code, readFileSync(calls, "utf8")]).toEqual([1, "show\n"]);
    expect(refused.text).toMatch(/nothing was applied/);
    const applied = await apply(...options, contentDigest({ a: 1, format_version: "1.2" }));
    expect([applied.code, readFileSync(calls, "utf8")]).toEqual([0, "show\nshow\napply\n"]);
  });
});

test("refuses an archive that is not the one of the reviewed plan", async () => {
  const calls = join(folder, "archive-calls");
  const fake = join(folder, "archive-terraform");
  const hash = createHash("sha256").update("reviewed").digest("base64");
  const change = { actions: ["create"], after: { filename: "f.zip", source_code_hash: hash } };
  const reviewed = {
    format_version: "1.2",
    resource_changes: [{ address: "aws_lambda_function.f", type: "aws_lambda_function", change }],
  };
  writeFileSync(
    fake,
    `#!/bin/sh\necho "$1" >> ${calls}\n[ "$1" = show ] && echo '${JSON.stringify(reviewed)}'\nexit 0\n`,
    { mode: 0o755 },
  );
  writeFileSync(join(folder, "plan"), "binary");
  const options = ["--plan-file", "plan", "--terraform", fake, "--digest", contentDigest(reviewed)] as const;
  const missing = await apply(...options);
  expect([missing.code, missing.text]).toEqual([1, expect.stringMatching(/file-not-reviewed.*got no file/s)]);
  writeFileSync(join(folder, "f.zip"), "forged");
  const forged = await apply(...options);
  expect([forged.code, forged.text]).toEqual([
    1,
    expect.stringMatching(/got another one; nothing was applied/),
  ]);
  writeFileSync(join(folder, "f.zip"), "reviewed");
  expect((await apply(...options)).code).toBe(0);
  expect(readFileSync(calls, "utf8")).toBe("show\nshow\nshow\napply\n");
});

whereTerraformIs("with terraform", () => {
  const stack = join(folder, "stack");
  const terraform = (...args: readonly string[]) =>
    execFileSync("terraform", args, { cwd: stack, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  const planned = (value: string): string => {
    writeFileSync(
      join(stack, "main.tf.json"),
      JSON.stringify({ resource: { terraform_data: { x: { input: value } } } }),
    );
    terraform("plan", "-input=false", `-out=${value}.plan`);
    return contentDigest(JSON.parse(terraform("show", "-json", `${value}.plan`)));
  };

  test("the reviewed plan is applied, another one and a stale one are not", async () => {
    mkdirSync(stack);
    writeFileSync(join(stack, "main.tf.json"), "{}");
    terraform("init", "-input=false");
    const [first, second] = [planned("first"), planned("second")];
    expect((await apply("--directory", "stack", "--plan-file", "second.plan", "--digest", first)).code).toBe(
      1,
    );
    expect(existsSync(join(stack, "terraform.tfstate"))).toBe(false);
    expect((await apply("--directory", "stack", "--plan-file", "first.plan", "--digest", first)).code).toBe(
      0,
    );
    expect(terraform("state", "list").trim()).toBe("terraform_data.x");
    const stale = await apply("--directory", "stack", "--plan-file", "second.plan", "--digest", second);
    expect([stale.code, stale.text]).toEqual([1, expect.stringMatching(/stale/i)]);
  }, 60_000);
});
