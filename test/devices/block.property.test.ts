import fc from "fast-check";
import { type Block, blocksIn, foreignText, withBlock, withoutBlock } from "../../src/devices/block";

const block: Block = {
  id: "personal work",
  note: "prefix work-",
  lines: ["# a comment", "[profile personal]", "region = x"],
};
const other: Block = { id: "personal home", lines: ["[profile home]"] };

/** What people and programs leave in such files: comments, odd blanks, sections twice, other alphabets, no structure. */
const line = fc.oneof(
  fc.constantFrom(
    "",
    "[default]",
    "[profile personal]",
    '[profile "with blank"]',
    "[profile personal]",
    "  max_concurrent_requests = 20",
    "s3 =",
    "# a comment",
    "; another",
    "# >>> somebody else's tool >>>",
    "# <<< iam-baseline",
    "region=eu-central-1 # here",
    "output = json \\",
    "名前 = アリス",
    "\u00ef\u00bb\u00bf",
    "\u00ff\u00fe",
  ),
  fc.string({ unit: "binary", maxLength: 30 }).map((text) => text.replace(/[\r\n]/g, "")),
);
/** A file as Latin-1: any byte may be in it, with either line end, with or without a mark and a last line end. */
const file = fc
  .record({
    mark: fc.constantFrom("", "\u00ef\u00bb\u00bf"),
    lines: fc.array(line, { maxLength: 12 }),
    end: fc.constantFrom("\n", "\r\n"),
    final: fc.boolean(),
  })
  .map(({ mark, lines, end, final }) =>
    Buffer.from(`${lines.join(end)}${final && lines.length > 0 ? end : ""}`, "utf8")
      .toString("latin1")
      .replace(/^/, mark),
  );

describe("a block in any file", () => {
  test("changes no byte of what stands before it", () => {
    fc.assert(
      fc.property(file, (text) => {
        expect(withBlock(text, block, "f").startsWith(text)).toBe(true);
      }),
    );
  });

  test("is written once: the second time changes nothing", () => {
    fc.assert(
      fc.property(file, (text) => {
        const once = withBlock(text, block, "f");
        expect(withBlock(once, block, "f")).toBe(once);
        expect(blocksIn(once, "f")).toHaveLength(1);
      }),
    );
  });

  test("is replaced where it stands, and leaves every byte around it", () => {
    fc.assert(
      fc.property(
        file,
        file,
        fc.array(fc.constantFrom("# x", "[profile z]", "k = v"), { maxLength: 5 }),
        (before, after, lines) => {
          const start = withBlock(before, { ...block, lines }, "f");
          const [found] = blocksIn(start, "f");
          const text = `${start}${after}`;
          const changed = withBlock(text, block, "f");
          expect(changed.slice(0, found?.start)).toBe(text.slice(0, found?.start));
          expect(changed.endsWith(after)).toBe(true);
          expect(withBlock(changed, { ...block, lines }, "f")).toBe(text);
        },
      ),
    );
  });

  test("goes again without a trace, but for the line end that a last line had not", () => {
    fc.assert(
      fc.property(file, (text) => {
        const back = withoutBlock(withBlock(text, block, "f"), block.id, "f");
        expect([text, `${text}\n`, `${text}\r\n`]).toContain(back);
      }),
    );
  });

  test("leaves another block of ours alone", () => {
    fc.assert(
      fc.property(file, (text) => {
        const two = withBlock(withBlock(text, other, "f"), block, "f");
        expect(blocksIn(two, "f").map(({ id }) => id)).toEqual([other.id, block.id]);
        expect(withoutBlock(two, block.id, "f")).toBe(withBlock(text, other, "f"));
      }),
    );
  });

  test("is no part of what is foreign, whose lines keep their numbers", () => {
    fc.assert(
      fc.property(file, (text) => {
        const written = withBlock(text, block, "f");
        const foreign = foreignText(written, "f");
        expect(foreign.split("\n")).toHaveLength(written.split("\n").length);
        expect(foreign.startsWith(text)).toBe(true);
        expect(foreign).not.toContain("[profile personal]\nregion = x");
      }),
    );
  });
});

describe("a block in a file", () => {
  test("has the file's line ends", () => {
    expect(withBlock("a = b\r\n", other, "f")).toBe(
      "a = b\r\n# >>> iam-baseline personal home (generated, do not edit) >>>\r\n[profile home]\r\n# <<< iam-baseline personal home <<<\r\n",
    );
  });

  test("that was the last thing in it and had no line end keeps that", () => {
    const text = withBlock("", other, "f").slice(0, -1);
    expect(withBlock(text, other, "f")).toBe(text);
  });

  test.each([
    [
      "a beginning without an end",
      "# >>> iam-baseline a b (generated, do not edit) >>>\nx = y\n",
      /f:2: .*end of the file/,
    ],
    [
      "an end without a beginning",
      "x\n# <<< iam-baseline a b <<<\n",
      /f:2: expected an end marker after its beginning/,
    ],
    [
      "a beginning within a block",
      "# >>> iam-baseline a b (generated, do not edit) >>>\n# >>> iam-baseline a c (generated, do not edit) >>>\n# <<< iam-baseline a c <<<\n",
      /f:2: .*another beginning/,
    ],
    [
      "a block twice",
      `${"# >>> iam-baseline a b (generated, do not edit) >>>\n# <<< iam-baseline a b <<<\n".repeat(2)}`,
      /f:3: .*again/,
    ],
    [
      "the end of another block",
      "# >>> iam-baseline a b (generated, do not edit) >>>\n# <<< iam-baseline a c <<<\n",
      /f:2: /,
    ],
  ])("refuses %s", (_what, text, message) => {
    expect(() => withBlock(text, block, "f")).toThrow(message);
  });
});
