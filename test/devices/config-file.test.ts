import { type ProfilesToWrite, withProfiles } from "../../src/devices/config-file";

const ours: ProfilesToWrite = {
  block: { id: "personal work", lines: ["[profile personal]", "region = eu-central-1"] },
  profiles: [{ name: "personal", comment: "", settings: [] }],
  prefixes: ["work-", "alice-"],
};

describe("writing profiles into a file", () => {
  test.each([
    ["an empty one", ""],
    [
      "one with comments, blank lines and both marks of comments",
      "# mine\n\n; too\n[default]\noutput = json\n",
    ],
    ["nested values", "[default]\ns3 =\n  max_concurrent_requests = 20\n  x = y\n"],
    ["a section twice", "[profile a]\nregion = x\n[profile a]\nregion = y\n"],
    ["sections of other kinds", "[sso-session personal]\nsso_region = x\n[services personal]\n"],
    ["a heading with a comment behind it", "[profile a] # mine\nregion = x\n"],
    ["a byte order mark", "\u00ef\u00bb\u00bf[default]\nregion = x\n"],
    ["a colon in place of the sign", "[default]\nregion: x\n"],
    ["a profile whose name only begins the same", "[profile personal-old]\nregion = x\n"],
    [
      "a profile of our name with another letter case, which is another one",
      "[profile Personal]\nregion = x\n",
    ],
  ])("takes %s", (_what, text) => {
    expect(withProfiles(text, ours, "f").startsWith(text)).toBe(true);
  });

  test.each([
    ["a heading without its bracket", "[default\nregion = x\n", /^f:1: .*without ]/],
    ["a setting before any section", "region = x\n", /^f:1: .*before the first section/],
    ["a line that is none", "[default]\nregion\n", /^f:2: .*without =/],
    ["UTF-16", "[\0d\0", /not UTF-8/],
    [
      "a setting behind our block, which would be the last profile's",
      "# >>> iam-baseline personal work (generated, do not edit) >>>\n[profile personal]\n# <<< iam-baseline personal work <<<\noutput = json\n",
      /^f:4: .*behind the generated block/,
    ],
  ])("refuses %s", (_what, text, message) => {
    expect(() => withProfiles(text, ours, "f")).toThrow(message);
  });

  test.each([
    ["as plain words", "[profile personal]\nregion = x\n", 1],
    ["in quotes", '\n[profile "personal"]\nregion = x\n', 2],
    ["with more blanks", "[profile   personal ]\n", 1],
    [
      "in the block of another device",
      "# >>> iam-baseline personal home (generated, do not edit) >>>\n[profile personal]\n# <<< iam-baseline personal home <<<\n",
      2,
    ],
  ])("refuses a name that is taken %s, and offers a prefix", (_how, text, line) => {
    expect(() => withProfiles(text, ours, "f")).toThrow(
      new RegExp(`^f:${line}: expected no profile called personal .*--prefix work-$`),
    );
  });

  test("offers a prefix that is free", () => {
    const text = "[profile personal]\n[profile work-personal]\n";
    expect(() => withProfiles(text, ours, "f")).toThrow(/--prefix alice-$/);
  });

  test("replaces its own block although the names are the same", () => {
    const once = withProfiles("", ours, "f");
    expect(withProfiles(once, ours, "f")).toBe(once);
  });
});
