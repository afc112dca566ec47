import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { outputTo } from "../../src/cli/command-output";
import { tellOfLongFiles } from "../../src/cli/long-files";
import { progressOf, whileTelling } from "../../src/cli/progress";

/** Streams that keep what was written to them. */
function streams({ isTerminal }: { readonly isTerminal: boolean }) {
  const written: string[] = [];
  const stream = { isTTY: isTerminal, columns: 40, write: (text: string) => written.push(text) };
  return { output: outputTo(stream, stream), text: () => written.join("") };
}

describe("in a terminal", () => {
  test("a line takes the place of the one before, and none stays", () => {
    const { output, text } = streams({ isTerminal: true });
    const progress = progressOf(output, { clock: () => 0 });
    progress.step("planning a");
    progress.step("planning b");
    progress.end();
    expect(text()).toBe("planning a\r\u001b[2Kplanning b\r\u001b[2K");
  });

  test("a result is not written behind it", () => {
    const { output, text } = streams({ isTerminal: true });
    progressOf(output).step("planning a");
    output.result("no findings");
    expect(text()).toBe("planning a\r\u001b[2Kno findings\n");
  });

  test("a line never wraps", () => {
    const { output, text } = streams({ isTerminal: true });
    progressOf(output).step("x".repeat(200));
    expect(text()).toHaveLength(39);
  });

  test("details come with the time that the step takes, not more often than they can be read", () => {
    const { output, text } = streams({ isTerminal: true });
    let now = 0;
    const progress = progressOf(output, { clock: () => now });
    progress.step("reading");
    progress.detail("page 1");
    now = 3_000;
    progress.detail("page 2");
    expect(text()).toBe("reading\r\u001b[2Kreading: page 2 (3 s)");
  });
});

describe("in a log", () => {
  test("each step is a line", () => {
    const { output, text } = streams({ isTerminal: false });
    const progress = progressOf(output);
    progress.step("planning a");
    progress.step("planning b");
    progress.end();
    expect(text()).toBe("planning a\nplanning b\n");
  });

  test("a step that goes on says so every ten seconds", () => {
    const { output, text } = streams({ isTerminal: false });
    let now = 0;
    const progress = progressOf(output, { clock: () => now });
    progress.step("reading");
    for (now = 0; now <= 25_000; now += 1_000) progress.detail(`user ${now / 1000}`);
    expect(text()).toBe("reading\nreading: user 10 (10 s)\nreading: user 20 (20 s)\n");
  });
});

describe("what is often over at once", () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  test.each([
    ["tells nothing within a second", 900, ""],
    ["tells what it is from then on", 1_100, "asking IAM\n"],
    ["tells it once in a log", 9_000, "asking IAM\n"],
  ])("%s", async (_what, milliseconds, expected) => {
    const { output, text } = streams({ isTerminal: false });
    const work = () => new Promise<string>((done) => setTimeout(() => done("answer"), milliseconds));
    const answer = whileTelling(output, "asking IAM", work);
    await jest.advanceTimersByTimeAsync(milliseconds);
    expect(await answer).toBe("answer");
    expect(text()).toBe(expected);
  });

  test("a failure leaves no line behind", async () => {
    const { output, text } = streams({ isTerminal: true });
    const work = () => new Promise<never>((_done, fail) => setTimeout(() => fail(new Error("no")), 1_500));
    const answer = whileTelling(output, "asking IAM", work).catch(({ message }: Error) => message);
    await jest.advanceTimersByTimeAsync(1_500);
    expect(await answer).toBe("no");
    expect(text()).toBe("asking IAM\r\u001b[2K");
  });
});

describe("files", () => {
  const folder = mkdtempSync(join(tmpdir(), "iam-baseline-files-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "small.json"), "{}");
  writeFileSync(join(folder, "large.json"), " ".repeat(3_000_000));
  mkdirSync(join(folder, "out/stacks/prod-identity"), { recursive: true });
  writeFileSync(join(folder, "out/stacks/prod-identity/cdk.tf.json"), " ".repeat(2_500_000));

  test.each([
    ["a small one", ["small.json"], ""],
    ["one that is not there", ["none.json", "-"], ""],
    ["a large one", ["small.json", "large.json"], "reviewing small.json, large.json (3 MB)\n"],
    ["a folder of stacks", ["out"], "reviewing out (3 MB)\n"],
  ])("%s", (_what, files, expected) => {
    const { output, text } = streams({ isTerminal: false });
    tellOfLongFiles("reviewing", files, { directory: folder, output });
    expect(text()).toBe(expected);
  });
});
