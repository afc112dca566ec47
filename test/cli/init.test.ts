import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Interaction } from "../../src/cli/interaction";
import { run } from "../../src/cli/run";
import { NOW } from "../builders/environment";

jest.setTimeout(120_000);

const root = resolve(__dirname, "../..");
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "iam-baseline-init-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const COMPLETE = [
  "--account",
  "222233334444",
  "--region",
  "eu-central-1",
  "--network",
  "203.0.113.7/32",
  "--owner",
  "alice",
  "--device",
  "work",
  "home",
  "--time-zone",
  "Asia/Tokyo",
];

async function init(argv: readonly string[], interaction: Partial<Interaction> = {}) {
  const result: string[] = [];
  const progress: string[] = [];
  const output = {
    result: (text: string) => result.push(text),
    progress: (text: string) => progress.push(text),
    columns: undefined,
  };
  const talk: Interaction = {
    isTerminal: false,
    ask: async () => "",
    show: () => {},
    now: () => NOW,
    sleep: async () => {},
    ...interaction,
  };
  const code = await run(["init", ...argv], output, {
    directory: folder,
    now: NOW,
    environmentVariables: {},
    interaction: talk,
  });
  return { code, result: result.join(""), progress: progress.join("\n") };
}

/** What `npm install` does, without a registry: packages of this checkout, and the package itself as its source. */
function install() {
  const modules = join(folder, "node_modules");
  mkdirSync(join(modules, "iam-baseline"), { recursive: true });
  for (const name of readdirSync(join(root, "node_modules"))) {
    if (!existsSync(join(modules, name))) symlinkSync(join(root, "node_modules", name), join(modules, name));
  }
  writeFileSync(
    join(modules, "iam-baseline", "package.json"),
    JSON.stringify({ name: "iam-baseline", main: "index.js" }),
  );
  writeFileSync(
    join(modules, "iam-baseline", "index.js"),
    `module.exports = require("tsx/cjs/api").require(${JSON.stringify(join(root, "src", "index.ts"))}, __filename);\n`,
  );
}

const node = (...args: readonly string[]) =>
  spawnSync(process.execPath, [...args], {
    cwd: folder,
    encoding: "utf8",
    env: { PATH: process.env["PATH"] ?? "", HOME: folder },
  });

describe("a new project", () => {
  test.each([
    ["with two devices and local state", []],
    [
      "with one device and a bucket",
      ["--bucket", "example-iam-state", "--device", "laptop", "--environment", "my-team"],
    ],
  ])("%s synthesizes at once, and its own test passes", async (_what, more) => {
    const { code, progress } = await init([...COMPLETE, ...more]);
    expect({ code, progress }).toEqual({ code: 0, progress: "" });
    install();
    const synth = node("--import", "tsx", "main.ts");
    expect({ status: synth.status, stderr: synth.stderr }).toMatchObject({ status: 0 });
    const environment = more.includes("my-team") ? "my-team" : "personal";
    expect(readdirSync(join(folder, "cdktf.out", "stacks"))).toContain(`${environment}-identity`);
    const tested = node("--import", "tsx", "--test", "test/environments.test.ts");
    expect({ status: tested.status, text: tested.stdout + tested.stderr }).toMatchObject({ status: 0 });
  });

  test("holds what a stranger needs, and nothing of an example account", async () => {
    await init(COMPLETE);
    const files = readdirSync(folder, { recursive: true }).map(String);
    for (const file of [
      "README.md",
      "cdktf.json",
      "main.ts",
      "package.json",
      "tsconfig.json",
      ".gitignore",
      "environments/personal.ts",
      "environments/index.ts",
      "test/environments.test.ts",
      ".github/workflows/review.yml",
    ]) {
      expect(files).toContain(file);
    }
    const all = files
      .filter((file) => statSync(join(folder, file)).isFile())
      .map((file) => readFileSync(join(folder, file), "utf8"))
      .join("");
    expect(all).toContain("222233334444");
    expect(all).not.toContain("111122223333");
  });

  test("asks at a terminal for what was not said, and offers what is usual", async () => {
    const questions: string[] = [];
    const answers: Record<string, string> = {
      AWS: "222233334444",
      Region: "eu-central-1",
      Public: "203.0.113.7/32, 2001:db8:1::/48",
      Your: "bob",
    };
    const { code } = await init([], {
      isTerminal: true,
      ask: async (question) => {
        questions.push(question);
        return Object.entries(answers).find(([start]) => question.startsWith(start))?.[1] ?? "";
      },
    });
    expect(code).toBe(0);
    expect(questions.some((question) => question.includes("[work]"))).toBe(true);
    expect(readFileSync(join(folder, "environments", "personal.ts"), "utf8")).toContain(
      'allowedNetworks: ["203.0.113.7/32", "2001:db8:1::/48"]',
    );
  });

  test("is only listed in a dry run", async () => {
    const { code, result } = await init([...COMPLETE, "--dry-run"]);
    expect({ code, result }).toMatchObject({ code: 0, result: expect.stringContaining("would be written") });
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each<[string, readonly string[], RegExp]>([
    ["no account", [], /--account 111122223333/],
    ["an account that is none", [...COMPLETE, "--account", "12"], /--account: /],
    ["a network that is none", [...COMPLETE, "--network", "10.0.0.0/8"], /--network: /],
    ["a device that IAM does not take", [...COMPLETE, "--device", "ann's laptop"], /--device: /],
    ["a zone that is none", [...COMPLETE, "--time-zone", "Mars/Olympus"], /time zone/i],
    ["a name that is none", [...COMPLETE, "--environment", "Prod"], /name/],
  ])("is refused for %s, with nothing written", async (_what, argv, message) => {
    const { code, progress } = await init(argv);
    expect({ code, progress }).toMatchObject({ code: 1, progress: expect.stringMatching(message) });
    expect(readdirSync(folder)).toEqual([]);
  });

  test("is refused in a folder that holds something, which stays as it is", async () => {
    writeFileSync(join(folder, "package.json"), "{}");
    const { code, progress } = await init(COMPLETE);
    expect({ code, progress }).toMatchObject({
      code: 1,
      progress: expect.stringMatching(/folder-not-empty.*package\.json/),
    });
    expect(readdirSync(folder)).toEqual(["package.json"]);
  });

  test("may stand beside version control, and in a folder that is not there yet", async () => {
    mkdirSync(join(folder, ".git"));
    expect((await init(COMPLETE)).code).toBe(0);
    expect((await init(["deeper/folder", ...COMPLETE])).code).toBe(0);
    expect(existsSync(join(folder, "deeper", "folder", "main.ts"))).toBe(true);
  });
});
