import { run } from "../../src/cli/run";

async function explained(...argv: readonly string[]) {
  const result: string[] = [];
  const progress: string[] = [];
  const output = {
    result: (text: string) => result.push(text),
    progress: (text: string) => progress.push(text),
    columns: undefined,
  };
  const code = await run(["explain", ...argv], output);
  return { code, result: result.join(""), progress: progress.join("") };
}

test("tells a rule with why, an example and what to do", async () => {
  const { code, result } = await explained("acceptance-expired");
  expect(code).toBe(0);
  expect(result).toContain("An exception has ended, and mutes nothing any more.");
  expect(result).toMatch(/before: accepted: \[/);
  expect(result).toMatch(/What to do: Resolve the finding/);
  expect(result).not.toMatch(/\*\*|```|###/);
});

test("tells an error by its code", async () => {
  expect(await explained("unknown-rule")).toMatchObject({
    code: 0,
    result: expect.stringContaining("key-to-old"),
  });
});

test("keeps Markdown where it is asked for", async () => {
  expect((await explained("acceptance-unused", "--format", "markdown")).result).toMatch(
    /^### acceptance-unused\n/,
  );
});

test("gives the declaration as JSON", async () => {
  const { result } = await explained("acceptance-unused", "--format", "json");
  expect(JSON.parse(result)).toMatchObject({ id: "acceptance-unused", area: "exceptions" });
});

test("lists all without an id", async () => {
  const { code, result } = await explained("--format", "json");
  expect(code).toBe(0);
  expect(JSON.parse(result).rules.length).toBeGreaterThan(1);
});

test("refuses an id that nothing has, with the nearest", async () => {
  const { code, result, progress } = await explained("acceptance-expire");
  expect({ code, result }).toEqual({ code: 1, result: "" });
  expect(progress).toContain('did you mean "acceptance-expired"?');
});
