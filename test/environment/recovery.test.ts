import { recoverySchema } from "../../src/environment/recovery";

test.each([["second-device"], ["oidc"], ["break-glass-user"], [{ root: { acknowledgeRootRecovery: true } }]])(
  "accepts the recovery %j",
  (recovery) => {
    expect(recoverySchema.parse(recovery)).toEqual(recovery);
  },
);

test.each([
  ["root without acknowledgement", "root"],
  ["root with an empty acknowledgement", { root: {} }],
  ["root with a refused acknowledgement", { root: { acknowledgeRootRecovery: false } }],
  ["hope", "hope"],
  ["an unknown key", { root: { acknowledgeRootRecovery: true }, also: "oidc" }],
])("refuses %s", (_what, recovery) => {
  expect(recoverySchema.safeParse(recovery).success).toBe(false);
});
