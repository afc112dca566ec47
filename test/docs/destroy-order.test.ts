import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environment } from "../builders/environment";
import { synthesize } from "../support/synthesize";

// Two noisy cores are ten times slower than one quiet one.
jest.setTimeout(60_000);

const text = readFileSync(join(__dirname, "../../docs/operations.md"), "utf8");
const patterns = [...text.matchAll(/terraform state list \| grep (?:-E )?'([^']+)'/g)].map(
  ([, pattern = ""]) => new RegExp(pattern),
);

interface Lifecycle {
  readonly prevent_destroy?: boolean;
}

test("the documented patterns find everything that refuses to be destroyed, and of users nobody else", () => {
  const stacks = synthesize(
    environment({
      recovery: "break-glass-user",
      breakGlass: { emergency: { owner: "anna", roles: ["daily"] } },
      detection: {
        trail: {},
        notifications: { emails: ["oncall@example.com"] },
        guardDuty: {},
        config: {},
      },
    }),
  );
  const addresses = [...stacks.values()].flatMap(({ resources }) =>
    resources.map(({ address, attributes }) => ({
      address,
      isKept: (attributes["lifecycle"] as Lifecycle | undefined)?.prevent_destroy === true,
    })),
  );
  const isFound = (address: string) => patterns.some((pattern) => pattern.test(address));
  const kept = addresses.filter(({ isKept }) => isKept).map(({ address }) => address);
  expect(kept.length).toBeGreaterThan(3);
  expect(kept.filter((address) => !isFound(address))).toEqual([]);
  const users = addresses.filter(({ address, isKept }) => /^aws_iam_user\./.test(address) && !isKept);
  expect(users.filter(({ address }) => isFound(address))).toEqual([]);
});

test("the documented order works: what refuses is taken out of the state, the rest is destroyed", () => {
  const folder = mkdtempSync(join(tmpdir(), "iam-baseline-destroy-"));
  const terraform = (...args: readonly string[]) =>
    spawnSync("terraform", [...args, ...(args[0] === "state" && args[1] === "list" ? [] : ["-no-color"])], {
      cwd: folder,
      encoding: "utf8",
      env: { PATH: process.env["PATH"] ?? "", HOME: folder, CHECKPOINT_DISABLE: "1" },
    });
  try {
    const kept = "break-glass-emergency_user_1A2B3C4D";
    const resource = {
      terraform_data: {
        [kept]: { input: "emergency", lifecycle: { prevent_destroy: true } },
        "break-glass-emergency_groups_5E6F7A8B": { input: `\${terraform_data.${kept}.output}` },
        "device-work_user_9C0D1E2F": { input: "work" },
      },
    };
    writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify({ resource }));
    expect(terraform("init").status).toBe(0);
    expect(terraform("apply", "-auto-approve").status).toBe(0);
    expect(terraform("destroy", "-auto-approve").stderr).toContain("prevent_destroy");
    const found = terraform("state", "list")
      .stdout.split("\n")
      .filter((address) =>
        patterns.some((one) => one.test(address.replace("terraform_data", "aws_iam_user"))),
      );
    // the membership is a part that refers to it, and not it
    expect(found.filter((address) => address.endsWith(kept))).toEqual([`terraform_data.${kept}`]);
    expect(terraform("state", "rm", `terraform_data.${kept}`).status).toBe(0);
    expect(terraform("destroy", "-auto-approve").status).toBe(0);
    expect(terraform("state", "list").stdout).toBe("");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
