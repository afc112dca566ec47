import fc from "fast-check";
import { maskAccessKeyId, maskPrivate, redact } from "../../src/findings/mask";

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

describe("for places that strangers read", () => {
  test.each([
    ["an account id", "arn:aws:iam::111122223333:user/a", "arn:aws:iam::XXXXXXXXXXXX:user/a"],
    ["a network", "from 203.0.113.0/24 or 2001:db8:1::/48", "from (network) or (network)"],
    ["an address in a longer number of dots", "203.0.113.9.", "(network)."],
    ["an address with every group", "2001:db8:1:2:3:4:5:6", "(network)"],
    ["a VPC", "vpc-0a1b2c3d4e5f60718", "(vpc)"],
    ["an e-mail address", "tell alice@example.com", "tell (e-mail)"],
    ["and no condition key or version", "aws:SourceIp in 1.2.3", "aws:SourceIp in 1.2.3"],
    ["and no name", "role/baseline/daily-k7q2m9xd", "role/baseline/daily-k7q2m9xd"],
  ])("masks %s", (_what, text, expected) => {
    expect(maskPrivate(text)).toBe(expected);
  });
});
