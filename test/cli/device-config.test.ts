import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { device, environment, NOW, role } from "../builders/environment";
import { type Project, projectOf } from "./project";

const before = { ...process.env };
let project: Project;
let folder: string;
let config: string;

beforeEach(() => {
  project = projectOf(
    [
      environment({
        name: "dev",
        devices: { laptop: device({ roles: ["daily", "admin"] }), desk: device() },
        roles: { daily: role(), admin: role({ trust: { maxMfaAgeSeconds: 900 } }) },
      }),
      environment({ name: "prod", accountId: "444455556666", roleSuffix: "k7q2m9xd" }),
    ],
    () => NOW,
  );
  folder = mkdtempSync(join(tmpdir(), "iam-baseline-home-"));
  config = join(folder, ".aws", "config");
  process.env = { ...before, HOME: folder, USERPROFILE: folder };
  delete process.env["AWS_CONFIG_FILE"];
});
afterEach(() => {
  project.remove();
  rmSync(folder, { recursive: true, force: true });
  process.env = before;
});

const arns = (suffix: string) => ({
  daily: `arn:aws:iam::111122223333:role/baseline/daily-${suffix}`,
  admin: `arn:aws:iam::111122223333:role/baseline/admin-${suffix}`,
});

function state(value: unknown = { outputs: { role_arns: { value: arns("abcd1234") } } }) {
  mkdirSync(join(project.directory, "state"), { recursive: true });
  writeFileSync(join(project.directory, "state", "dev-identity.tfstate"), JSON.stringify(value));
}

describe("device config", () => {
  const laptop = ["device", "config", "laptop", "--environment", "dev"] as const;

  test("prints the block with the suffix of the local state, and writes nothing", async () => {
    state();
    const { code, result, progress } = await project.baseline(...laptop);
    expect(code).toBe(0);
    expect(result).toContain("role_arn = arn:aws:iam::111122223333:role/baseline/daily-abcd1234");
    expect(progress).toContain("export AWS_CHAINED_SESSION_TOKEN_TTL=900s");
    expect(() => statSync(config)).toThrow();
  });

  test.each([
    ["terraform output -json", { role_arns: { value: arns("efgh5678"), type: "map" } }],
    ["terraform output -json role_arns", arns("efgh5678")],
    ["a state", { version: 4, outputs: { role_arns: { value: arns("efgh5678") } } }],
    ["cdktf output --outputs-file", { "dev-identity": { role_arns: arns("efgh5678") } }],
  ])("takes the suffix from %s", async (_what, outputs) => {
    writeFileSync(join(project.directory, "out.json"), JSON.stringify(outputs));
    const { code, result } = await project.baseline(...laptop, "--outputs", "out.json");
    expect(code).toBe(0);
    expect(result).toContain("admin-efgh5678");
  });

  test("writes the block and the variables once, and changes nothing the second time", async () => {
    state();
    const write = [...laptop, "--write", "--variables", "~/.profile"] as const;
    const dry = await project.baseline(...write, "--dry-run");
    expect(dry.code).toBe(2);
    expect(dry.result).toContain(`would write ${config}`);
    expect(() => statSync(config)).toThrow();

    expect((await project.baseline(...write)).code).toBe(0);
    const written = readFileSync(config, "utf8");
    expect(statSync(config).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, ".profile"), "utf8")).toContain("export AWS_SESSION_TOKEN_TTL=900s");

    const again = await project.baseline(...write);
    expect(again.result).toContain(`nothing to change in ${config}`);
    expect(readFileSync(config, "utf8")).toBe(written);
    expect((await project.baseline(...write, "--dry-run")).code).toBe(0);
  });

  test("keeps the prefix of the block that is there", async () => {
    state();
    await project.baseline(...laptop, "--write", "--prefix", "mine-");
    const written = readFileSync(config, "utf8");
    expect(written).toContain("[profile mine-dev-daily]");
    await project.baseline(...laptop, "--write");
    expect(readFileSync(config, "utf8")).toBe(written);
  });

  test("sets the variables to what the strictest device on this machine needs", async () => {
    state();
    await project.baseline(...laptop, "--write");
    const { progress } = await project.baseline(
      "device",
      "config",
      "laptop",
      "--environment",
      "prod",
      "--write",
    );
    expect(progress).toContain("AWS_CHAINED_SESSION_TOKEN_TTL=900s");
    expect(readFileSync(config, "utf8")).toMatch(/personal|dev laptop[\s\S]*prod laptop/);
  });

  test("follows a link and keeps the mode of its file", async () => {
    state();
    const target = join(folder, "elsewhere");
    writeFileSync(target, "[default]\n", { mode: 0o640 });
    mkdirSync(join(folder, ".aws"));
    symlinkSync(target, config);
    expect((await project.baseline(...laptop, "--write")).code).toBe(0);
    expect(readFileSync(target, "utf8")).toContain("[profile dev]");
    expect(statSync(target).mode & 0o777).toBe(0o640);
  });

  test("tells json what it would write", async () => {
    state();
    const { result } = await project.baseline(...laptop, "--format", "json");
    expect(JSON.parse(result)).toMatchObject({
      device: "laptop",
      environment: "dev",
      variables: { AWS_CHAINED_SESSION_TOKEN_TTL: "900s" },
      changed: [config],
    });
  });

  describe("refuses, in one line and with everything as it was,", () => {
    const refused: readonly [what: string, argv: readonly string[], message: RegExp, prepare?: () => void][] =
      [
        [
          "a device that nobody declares",
          ["device", "config", "laptp"],
          /got "laptp"; did you mean "laptop"\?/,
        ],
        ["a device of two environments", ["device", "config", "laptop"], /those of dev and prod; say which/],
        ["an environment that is not there", ["device", "config", "desk", "--environment", "nope"], /nope/],
        ["roles whose suffix is not known", laptop, /suffix of the roles of dev/, () => state({})],
        [
          "a state that is no JSON",
          laptop,
          /dev-identity\.tfstate: expected .*no JSON/,
          () => {
            state();
            writeFileSync(join(project.directory, "state", "dev-identity.tfstate"), "{");
          },
        ],
        [
          "outputs that are not there",
          [...laptop, "--outputs", "none.json"],
          /--outputs none\.json: .*ENOENT/,
        ],
        [
          "outputs without role ARNs",
          [...laptop, "--outputs", "package.json"],
          /JSON without them/,
          () => writeFileSync(join(project.directory, "package.json"), '{"a":{"b":"c"}}'),
        ],
        ["a prefix that is none", [...laptop, "--prefix", "a b"], /--prefix: expected/],
        ["--variables without --write", [...laptop, "--variables", "x"], /add --write/],
        ["a second device", [...laptop, "desk"], /expected one device, got two names/],
      ];
    const prepared = refused.map(
      ([what, argv, message, prepare = () => {}]) => [what, argv, message, prepare] as const,
    );
    test.each(prepared)("%s", async (_what, argv, message, prepare) => {
      prepare();
      const { code, progress, result } = await project.baseline(...argv);
      expect({ code, result }).toEqual({ code: 1, result: "" });
      expect(progress.trim().split("\n")).toHaveLength(1);
      expect(progress).toMatch(message);
    });

    test.each<[string, string, RegExp, number?]>([
      ["a malformed file", "[default\n", /config:1: expected .*without \]/],
      ["a profile of the name that is not ours", "[profile dev-daily]\n", /config:1: .*--prefix laptop-/],
      ["a read-only file", "[default]\n", /read-only; chmod u\+w/, 0o400],
      [
        "a block that was cut",
        "# >>> iam-baseline dev laptop (generated, do not edit) >>>\n",
        /config:1: .*end of the file/,
      ],
    ])("%s", async (_what, text, message, mode = 0o600) => {
      state();
      mkdirSync(join(folder, ".aws"));
      writeFileSync(config, text);
      chmodSync(config, mode);
      const { code, progress } = await project.baseline(...laptop, "--write", "--variables", "~/.profile");
      expect(code).toBe(1);
      expect(progress).toMatch(message);
      expect(readFileSync(config, "utf8")).toBe(text);
      expect(() => statSync(join(folder, ".profile"))).toThrow();
    });

    test("a folder where the file should be", async () => {
      state();
      mkdirSync(config, { recursive: true });
      const { code, progress } = await project.baseline(...laptop, "--write");
      expect({ code, progress }).toEqual({ code: 1, progress: expect.stringContaining("EISDIR") });
    });
  });
});
