import fc from "fast-check";
import { maskAccessKeyId, redact } from "../../src/credentials/mask";

test("a masked key id shows its last four characters", () => {
  expect(maskAccessKeyId("AKIAIOSFODNN7EXAMPLE")).toBe("****MPLE");
});

test.each(["AKIA", "ASIA", "AROA", "AIDA", "ABIA", "ACCA"])(
  "ids that begin with %s are masked in a text",
  (prefix) => {
    expect(redact(`key ${prefix}IOSFODNN7EXAMPLE, and more`)).toBe("key ****MPLE, and more");
  },
);

test.each([
  [
    "in an ARN",
    "arn:aws:iam::111122223333:user/AIDAIOSFODNN7EXAMPLE",
    "arn:aws:iam::111122223333:user/****MPLE",
  ],
  ["twice in a line", "AKIAIOSFODNN7EXAMPLE AKIAIOSFODNN7EXAMPL2", "****MPLE ****MPL2"],
  ["in JSON", '{"id":"AKIAIOSFODNN7EXAMPLE"}', '{"id":"****MPLE"}'],
  ["not where a word only begins alike", "AKIARA is a name", "AKIARA is a name"],
])("ids are found %s", (_where, text, expected) => {
  expect(redact(text)).toBe(expected);
});

test("no text keeps a whole key id that stands alone", () => {
  fc.assert(
    fc.property(fc.string(), fc.stringMatching(/^AKIA[A-Z0-9]{16}$/), fc.string(), (before, id, after) => {
      expect(redact(`${before} ${id} ${after}`)).not.toContain(id);
    }),
  );
});
