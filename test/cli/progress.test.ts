import { outputTo } from "../../src/cli/command-output";
import { progressOf } from "../../src/cli/progress";

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
