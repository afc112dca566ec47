import { adminRole, dailyRole } from "../../src/environment/role-presets";

describe("the daily role", () => {
  test.each([
    ["a prefix", { bucket: "uploads", prefix: "alice/" }, undefined, "arn:${partition}:s3:::uploads/alice/*"],
    ["a whole bucket", { bucket: "uploads" }, undefined, "arn:${partition}:s3:::uploads/*"],
    ["a bucket in China", { bucket: "uploads" }, "aws-cn", "arn:aws-cn:s3:::uploads/*"],
  ] as const)("uploads to %s and nowhere else", (_what, target, partition, arn) => {
    const { statements = [] } = dailyRole({ uploadTo: [target], ...(partition && { partition }) });
    expect(statements.map(({ Effect, Resource }) => [Effect, Resource])).toEqual([["Allow", [arn]]]);
  });

  test("uploads nowhere without a target", () => {
    expect(dailyRole().statements).toEqual([]);
  });

  test("keeps further statements, and takes other settings over its own", () => {
    const statement = { Effect: "Deny", Action: "s3:*", Resource: "*" } as const;
    const role = dailyRole({
      uploadTo: [{ bucket: "uploads" }],
      statements: [statement],
      description: "mine",
    });
    expect(role.statements).toHaveLength(2);
    expect(role.description).toBe("mine");
  });
});

test("the admin role says that it is meant to be one, with sessions of an hour", () => {
  expect(adminRole()).toMatchObject({ administrator: true, maxSessionDuration: 3600 });
});
