import { acceptanceSchema } from "../../src/environment/acceptance-schema";

const acceptance = { finding: "undeclared-role", reason: "of the shop's team", expires: "2026-12-31" };
const isValid = (subject: string) => acceptanceSchema.safeParse({ ...acceptance, subject }).success;

test.each([
  "role/shop",
  "root",
  "role/shop-*",
  "aws_iam_user.shop*",
  "role/daily-*",
  "subscription/x/https/a.b/*",
])("takes the subject %s", (subject) => {
  expect(isValid(subject)).toBe(true);
});

test.each(["", "*", "role/*", "role*", "*/shop"])(
  "refuses the subject %j, which would accept what comes next",
  (subject) => {
    expect(isValid(subject)).toBe(false);
  },
);
