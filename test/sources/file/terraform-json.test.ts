import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { Refusal } from "../../../src/findings/refusal";
import { terraformJson } from "../../../src/sources/file/terraform-json";

const utf8 = (text: string) => Buffer.from(text, "utf8");
const utf16le = (text: string) => Buffer.from(text, "utf16le");
const utf16be = (text: string) => Buffer.from(text, "utf16le").swap16();
const BOM = "\uFEFF";

const ENCODINGS: readonly (readonly [string, (text: string) => Uint8Array])[] = [
  ["UTF-8", utf8],
  ["UTF-8 with a byte order mark", (text) => utf8(BOM + text)],
  ["UTF-16 LE", utf16le],
  ["UTF-16 LE with a byte order mark", (text) => utf16le(BOM + text)],
  ["UTF-16 BE", utf16be],
  ["UTF-16 BE with a byte order mark", (text) => utf16be(BOM + text)],
  ["UTF-8 with carriage returns", (text) => utf8(text.replaceAll("\n", "\r\n"))],
];

test.each(ENCODINGS)("whatever JSON holds is read from %s", (_name, encode) => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ minLength: 1 }), fc.jsonValue()), (value) => {
      const text = JSON.stringify(value, null, 1);
      expect(terraformJson(encode(text), "plan.json")).toEqual(JSON.parse(text));
    }),
  );
});

describe("what wraps the JSON is left out", () => {
  const json = '{"format_version": "1.2"}';
  test.each([
    ["the line of setup-terraform", `[command]/opt/terraform-bin show -json plan.out\n${json}`],
    ["with carriage returns", `[command]C:\\terraform-bin.exe show -json plan.out\r\n${json}\r\n`],
    ["workflow commands before and behind", `::debug::x\n${json}\n::debug::Terraform exited with code 0.\n`],
    ["blanks", `\n\n  ${json}\n\n`],
    ["the line in UTF-16", utf16le(`${BOM}[command]terraform-bin show -json\r\n${json}`)],
  ])("%s", (_what, text) => {
    expect(terraformJson(typeof text === "string" ? utf8(text) : text, "plan.json")).toEqual({
      format_version: "1.2",
    });
  });
});

describe("what is no JSON is refused by its name", () => {
  test.each([
    ["nothing", utf8(""), "an empty file"],
    ["blanks", utf8(" \n"), "an empty file"],
    ["a saved plan", Buffer.from([0x50, 0x4b, 3, 4, 20, 0]), "a saved plan, which is no JSON"],
    ["a packed file", gzipSync('{"a":1}'), "gzip"],
    [
      "a log of plan -json",
      utf8('{"@level":"info","@message":"Terraform 1.11"}\n{"@level":"info"}\n'),
      "log",
    ],
    ["the plan for people", utf8("Terraform will perform the following actions:\n"), "as people read it"],
    [
      "a plan for people without changes",
      utf8("No changes. Your infrastructure matches\n"),
      "as people read it",
    ],
    ["colours", utf8('\u001b[0m{"a":1}'), "colours"],
    ["half a file", utf8('{"format_version": "1.2", "resource'), "cut off"],
    ["two documents", utf8('{"a":1}\n{"b":2}\n'), "something behind it"],
    ["a log line", utf8('10:02:11 INFO running terraform\n{"a":1}'), "other text before the JSON"],
    ["other text", utf8("hello"), "text that is no JSON"],
    ["UTF-32", Buffer.from([0xff, 0xfe, 0, 0, 0x7b, 0, 0, 0]), "no text"],
    ["half a character", Buffer.from([0xfe, 0xff, 0]), "no text"],
    ["bytes", Buffer.from([0xc3, 0x28, 0xff]), "no text"],
  ])("%s", (_what, bytes, got) => {
    expect(() => terraformJson(bytes, "plan.json")).toThrow(Refusal);
    expect(() => terraformJson(bytes, "plan.json")).toThrow(got);
    expect(() => terraformJson(bytes, "plan.json")).toThrow(/^plan\.json: expected /);
  });

  test("nothing of it is quoted: it may be a file with secrets", () => {
    const secret = utf8("AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI\n{");
    expect(() => terraformJson(secret, ".env")).not.toThrow(/wJalr/);
    expect(() => terraformJson(secret, ".env")).toThrow(Refusal);
  });
});

describe("a key that stands twice is refused, with its place", () => {
  test.each([
    ['{"a":1,\n"a":2}', "f:2", "a twice"],
    ['{"resource":{"aws_iam_role":{"r":{}, "r":{}}}}', "f:1", "resource.aws_iam_role.r twice"],
    ['{"a":[{"b":1},{"b":1,"c":{},"b":2}]}', "f:1", "a.[1].b twice"],
    ['{"a":1,"\\u0061":2}', "f:1", "a twice"],
    ['{"x\\\\":1,"x\\\\":2}', "f:1", "twice"],
    ['{"__proto__":1,"__proto__":2}', "f:1", "__proto__ twice"],
  ])("%s", (text, where, got) => {
    expect(() => terraformJson(utf8(text), "f")).toThrow(where);
    expect(() => terraformJson(utf8(text), "f")).toThrow(got);
  });

  test.each([
    '{"a":{"a":1},"b":{"a":1}}',
    '{"a":"b","b":"a"}',
    '["a","a",{"a":"\\"a\\":1"}]',
    '{"a\\"":1,"a":2}',
  ])("%s has none", (text) => {
    expect(terraformJson(utf8(text), "f")).toEqual(JSON.parse(text));
  });

  test("is found in any JSON, and only where there is one", () => {
    const keys = fc.constantFrom("a", "b", "\\u0061", "a\\\\", 'a\\"');
    const json = fc.letrec<{ value: { text: string; twice: boolean } }>((tie) => ({
      value: fc.oneof(
        { depthSize: "small" },
        fc.constantFrom("1", "null", '"a"', '"{\\"a\\":1}"').map((text) => ({ text, twice: false })),
        fc.array(tie("value"), { maxLength: 3 }).map((items) => ({
          text: `[${items.map(({ text }) => text).join(", ")}]`,
          twice: items.some(({ twice }) => twice),
        })),
        fc.array(fc.tuple(keys, tie("value")), { maxLength: 3 }).map((entries) => {
          const names = entries.map(([key]) => JSON.parse(`"${key}"`));
          return {
            text: `{ ${entries.map(([key, { text }]) => `"${key}" : ${text}`).join(" , ")} }`,
            twice: new Set(names).size < names.length || entries.some(([, { twice }]) => twice),
          };
        }),
      ),
    })).value;
    fc.assert(
      fc.property(json, ({ text, twice }) => {
        const read = () => terraformJson(utf8(`{"root": ${text}}`), "f");
        if (twice) expect(read).toThrow(/twice/);
        else expect(read()).toEqual({ root: JSON.parse(text) });
      }),
      { numRuns: 500 },
    );
  });
});
