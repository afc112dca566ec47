import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { synthesizeProject } from "../../src/stacks/synthesize-project";
import { device, environment, NOW } from "../builders/environment";

const folder = mkdtempSync(join(tmpdir(), "synthesize-project-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let count = 0;
const settings = () => ({ outdir: join(folder, `out-${count++}`), now: NOW });
const load =
  (...environments: readonly ReturnType<typeof environment>[]) =>
  async () => ({ environments });

test("writes the outdir, and says nothing", async () => {
  const to = settings();
  expect(await synthesizeProject(load(environment()), to)).toEqual({ messages: [], exitCode: 0 });
  expect(existsSync(join(to.outdir, "manifest.json"))).toBe(true);
});

test("tells a fault of the files with its code, and no stack", async () => {
  const { messages, exitCode } = await synthesizeProject(
    () => Promise.reject(new Error("set TEAM")),
    settings(),
  );
  expect(exitCode).toBe(1);
  expect(messages).toHaveLength(1);
  expect(messages[0]).toMatch(/^error\[project-unloadable\]: .*got set TEAM/);
  expect(messages[0]).not.toMatch(/\n/);
});

test("masks and escapes what environments say", async () => {
  const name = "laptop\u001b[31m AKIAIOSFODNN7EXAMPLE";
  const { messages } = await synthesizeProject(
    load(environment({ devices: { [name]: device() } })),
    settings(),
  );
  const text = messages.join("\n");
  expect(text).toContain("laptop\\u001b[31m ****MPLE");
  expect(text).not.toContain("\u001b");
});

test("tells an outdir that is a file", async () => {
  const outdir = join(folder, "file");
  writeFileSync(outdir, "");
  const { messages } = await synthesizeProject(load(environment()), { outdir, now: NOW });
  expect(messages[0]).toMatch(/^error\[outdir-unwritable\]: .* got a file; remove it/);
});

test("tells a mistake of its own as one", async () => {
  const broken = {
    get name(): string {
      throw new RangeError("of ours");
    },
  };
  const { messages, exitCode } = await synthesizeProject(load(broken as never), settings());
  expect(exitCode).toBe(1);
  expect(messages[0]).toContain("unexpected: please report it");
});
