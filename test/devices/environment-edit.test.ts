import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { withCopyOfDevice, withoutDevice } from "../../src/devices/environment-edit";
import { unifiedDiff } from "../../src/devices/unified-diff";

const file = `import { defineEnvironment } from "iam-baseline";

/** devices: { work: "in a comment" } */
export const personal = defineEnvironment({
  name: "personal",
  tags: { devices: "not these", note: \`devices: { work: \${1 + 1} }\` },
  devices: {
    // the laptop
    work: { owner: "alice", roles: ["daily", "admin"] }, // her own
    "home-pc": {
      owner: "alice, who // is \\"here\\"",
      roles: ["daily"],
    },
    tablet: { owner: "bob" }
  },
  repositories: { work: { groups: [] } },
});
`;
const edited = (edit: ReturnType<typeof withoutDevice>) =>
  edit.kind === "edited" ? edit.text : edit.because;

describe("taking a device out of an environment file", () => {
  test("takes its lines and the comment above it, and nothing else", () => {
    expect(edited(withoutDevice(file, "work"))).toBe(file.replace(/ {4}\/\/ the laptop\n {4}work: .*\n/, ""));
  });
  test("follows quoted names, brackets and strings over several lines", () => {
    expect(edited(withoutDevice(file, "home-pc"))).toBe(
      file.replace(/ {4}"home-pc": \{[\s\S]*?\n {4}\},\n/, ""),
    );
  });
  test("takes a last entry without a comma", () => {
    expect(edited(withoutDevice(file, "tablet"))).toBe(file.replace('    tablet: { owner: "bob" }\n', ""));
  });
  test("takes one of several on a line", () => {
    expect(edited(withoutDevice('x({ devices: { a: { owner: "x" }, b: { owner: "y" } } })', "a"))).toBe(
      'x({ devices: { b: { owner: "y" } } })',
    );
  });
  test.each([
    ["that is not written out", file, "phone", /no entry "phone"/],
    ["of a file that spreads them", "x({ devices: { ...all } })", "work", /no entry/],
    ["that is made by a function", "x({ devices: devicesOf(team) })", "work", /no entry/],
    [
      "that two environments of one file have",
      "a({ devices: { w: {} } }); b({ devices: { w: {} } })",
      "w",
      /2 entries/,
    ],
    ["of a file that is cut", "x({ devices: { w", "w", /no entry/],
  ])("leaves a device to a person %s", (_what, text, device, because) => {
    expect(withoutDevice(text, device)).toMatchObject({
      kind: "by-hand",
      because: expect.stringMatching(because),
    });
  });
  test("never fails, whatever the file is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        expect(["edited", "by-hand"]).toContain(withoutDevice(`devices: {${text}`, "w").kind);
      }),
    );
  });
});

describe("another name for a device", () => {
  test("stands beside the old one, with what that has", () => {
    const text = edited(withCopyOfDevice(file, "work", "laptop"));
    expect(text).toContain(
      'roles: ["daily", "admin"] },\n    laptop: { owner: "alice", roles: ["daily", "admin"] }, // her own',
    );
  });
  test("is quoted where it has to be", () => {
    expect(edited(withCopyOfDevice(file, "tablet", "bobs-tablet"))).toContain(
      '"bobs-tablet": { owner: "bob" }',
    );
  });
  test("is not written twice", () => {
    expect(withCopyOfDevice(file, "work", "tablet").kind).toBe("by-hand");
  });
});

describe("a patch", () => {
  const folder = mkdtempSync(join(tmpdir(), "iam-baseline-patch-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, "environments"));

  test.each([
    ["an edit in the middle", file, edited(withoutDevice(file, "work"))],
    ["an addition", file, edited(withCopyOfDevice(file, "tablet", "x"))],
    ["the first line", file, file.slice(file.indexOf("\n") + 1)],
    ["a last line without an end", "a\nb\nc", "a\nb\nd"],
    ["a last line that gets an end", "a\nb", "a\nb\n"],
    ["carriage returns", "a\r\nb\r\nc\r\n", "a\r\nc\r\n"],
    ["everything", "a\n", "b\n"],
  ])("of %s is applied by git", (_what, before, after) => {
    const path = join(folder, "environments", "x.ts");
    writeFileSync(path, before);
    const { status, stderr } = spawnSync("git", ["apply", "--whitespace=nowarn", "-"], {
      cwd: folder,
      input: unifiedDiff("environments/x.ts", before, after),
      encoding: "utf8",
      env: { ...process.env, GIT_CEILING_DIRECTORIES: tmpdir() },
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(readFileSync(path, "utf8")).toBe(after);
  });

  test("of nothing is empty", () => {
    expect(unifiedDiff("x", "a\n", "a\n")).toBe("");
  });
});
