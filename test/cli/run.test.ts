import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { version } from "../../package.json";
import type { CommandEntry } from "../../src/cli/command";
import { commands } from "../../src/cli/commands";
import { type ExitCode, exitCodes } from "../../src/cli/exit-codes";
import { type RunSettings, run } from "../../src/cli/run";
import { Refusal } from "../../src/findings/refusal";
import { SOURCE_INVALID } from "../../src/sources/resource/source-refusals";

interface Outcome {
  readonly code: ExitCode;
  readonly result: string;
  readonly progress: string;
}

async function outcomeOf(argv: readonly string[], settings: RunSettings = {}): Promise<Outcome> {
  const result: string[] = [];
  const progress: string[] = [];
  const output = {
    result: (text: string) => result.push(text),
    progress: (text: string) => progress.push(text),
    columns: undefined,
  };
  const code = await run(argv, output, settings);
  return { code, result: result.join("\n"), progress: progress.join("\n") };
}

/** A command that does what a test wants. */
function entry(action: () => ExitCode, loaded: () => void = () => {}): CommandEntry {
  return {
    name: "probe",
    summary: "a command for tests",
    load: async () => {
      loaded();
      return {
        configure: (command) => {
          command.argument("[words...]").option("--wanted <value>", "something");
        },
        run: async () => action(),
      };
    },
  };
}

const failing = (error: unknown): RunSettings => ({
  commands: [
    entry(() => {
      throw error;
    }),
  ],
});

describe("exit codes", () => {
  test.each([
    ["clean", exitCodes.clean],
    ["error", exitCodes.error],
    ["findings", exitCodes.findings],
  ])("a command's own: %s", async (_name, code) => {
    expect(await outcomeOf(["probe"], { commands: [entry(() => code)] })).toMatchObject({ code });
  });

  test.each([
    ["--help", 0],
    ["help", 0],
    ["--version", 0],
    ["acess", 1],
    ["--unknown", 1],
  ])("%s: %i", async (argument, code) => {
    expect(await outcomeOf([argument])).toMatchObject({ code });
  });

  test("without a command the help is an error", async () => {
    expect(await outcomeOf([])).toMatchObject({
      code: 1,
      result: "",
      progress: expect.stringContaining("Usage:"),
    });
  });
});

describe("help", () => {
  test("lists every command of the registry with its summary", async () => {
    const { result } = await outcomeOf(["--help"]);
    for (const { name, summary } of commands) {
      expect(result).toContain(name);
      expect(result.replace(/\s+/g, " ")).toContain(summary);
    }
  });

  test.each(commands.map(({ name }) => name))("of %s goes to standard output", async (name) => {
    expect(await outcomeOf([name, "--help"])).toMatchObject({
      code: 0,
      result: expect.stringContaining(`Usage: iam-baseline ${name}`),
      progress: "",
    });
  });

  test("--version is that of package.json", async () => {
    expect(await outcomeOf(["--version"])).toMatchObject({ result: `${version}\n`, progress: "" });
  });
});

describe("mistakes of the caller", () => {
  test.each([
    [["acess"], "did you mean access?"],
    [["access", "--formt", "json"], "did you mean --format?"],
    [["access", "--format", "yaml"], "Allowed choices are table, json, markdown, mermaid, svg"],
    [["access", "surplus"], "too many arguments"],
  ])("refuses %j with a hint", async (argv, hint) => {
    expect(await outcomeOf(argv)).toMatchObject({
      code: 1,
      result: "",
      progress: expect.stringContaining(hint),
    });
  });
});

describe("errors", () => {
  test("of a known kind show their message and no stack", async () => {
    const { code, progress } = await outcomeOf(
      ["probe"],
      failing(new Refusal(SOURCE_INVALID, "plan.json: is no plan")),
    );
    expect([code, progress]).toEqual([1, "error[source-invalid]: plan.json: is no plan"]);
  });

  test("of the system show their message and no stack", async () => {
    const error = Object.assign(new Error("ENOENT: no such file"), { code: "ENOENT" });
    expect((await outcomeOf(["probe"], failing(error))).progress).toBe("error: ENOENT: no such file");
  });

  test("of this program say that they are one, and how to see more", async () => {
    const { code, progress } = await outcomeOf(["probe"], failing(new TypeError("x is undefined")));
    expect(code).toBe(1);
    expect(progress).toContain("error: x is undefined");
    expect(progress).toContain("--debug");
    expect(progress).not.toContain("run.test.ts");
  });

  test.each([[["--debug", "probe"]], [["probe", "--debug"]]])(
    "%j shows the stack and the cause",
    async (argv) => {
      const error = new Refusal(SOURCE_INVALID, "outer", { cause: new Error("inner") });
      const { code, progress } = await outcomeOf(argv, failing(error));
      expect(code).toBe(1);
      expect(progress).toContain("run.test.ts");
      expect(progress).toContain("caused by: Error: inner");
    },
  );

  test("that are no errors are shown as they are", async () => {
    expect((await outcomeOf(["probe"], failing("just text"))).progress).toBe("error: just text");
  });

  test("hold no key id and no escape sequence of others", async () => {
    const { progress } = await outcomeOf(
      ["probe"],
      failing(new Refusal(SOURCE_INVALID, "\u001b[31m AKIAIOSFODNN7EXAMPLE")),
    );
    expect(progress).toBe("error[source-invalid]: \\u001b[31m ****MPLE");
  });
});

test("only the module of the command that is used is loaded", async () => {
  const loaded: string[] = [];
  const first = entry(
    () => exitCodes.clean,
    () => loaded.push("probe"),
  );
  const other = {
    ...entry(
      () => exitCodes.clean,
      () => loaded.push("other"),
    ),
    name: "other",
  };
  await outcomeOf(["other"], { commands: [first, other] });
  expect(loaded).toEqual(["other"]);
});

describe("as a process", () => {
  const root = join(__dirname, "../..");

  test("prints results to standard output and exits with the code", () => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["--import", "tsx", "src/cli/index.ts", "--version"],
      { cwd: root, encoding: "utf8" },
    );
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: `${version}\n`, stderr: "" });
  });

  test("ends quietly when nobody reads on", () => {
    const script = `"${process.execPath}" --import tsx src/cli/index.ts access --from-state test/fixtures/terraform/state.json --format json | head -c 1`;
    const { status, stdout, stderr } = spawnSync("/bin/sh", ["-c", script], { cwd: root, encoding: "utf8" });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "{", stderr: "" });
  });
});
