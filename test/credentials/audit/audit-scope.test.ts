import {
  type AuditScope,
  declaredUsers,
  packAuditScope,
  SCOPE_IN_EVENT,
  unpackAuditScope,
} from "../../../src/credentials/audit/audit-scope";

const SCOPE: AuditScope = {
  version: 1,
  users: { device: ["home", "work"], ci: ["octo.website"], "break-glass": [] },
  paths: { device: "/baseline/device/", ci: "/baseline/ci/", "break-glass": "/baseline/break-glass/" },
  keyRules: {
    version: 1,
    managedPaths: ["/baseline/device/"],
    exemptPaths: ["/baseline/break-glass/"],
    rules: [{ name: "nightly", reason: "keys are for the day", paths: ["/baseline/device/"], nightly: true }],
  },
  nightly: { cron: "cron(0 0 * * ? *)", timeZone: "Asia/Tokyo" },
  acceptances: [
    { finding: "two-active-keys", subject: "user/work", reason: "rotation week", expires: "2026-12-01" },
  ],
};

describe("the scope of an audit", () => {
  test("travels in a variable where it fits", () => {
    const { variable, event } = packAuditScope(SCOPE);
    expect(event).toBeUndefined();
    expect(unpackAuditScope(variable, {})).toEqual(SCOPE);
  });

  test("travels in the event where it does not", () => {
    const large = {
      ...SCOPE,
      users: { ...SCOPE.users, device: Array.from({ length: 500 }, (_, n) => `laptop-${n}`) },
    };
    const { variable, event } = packAuditScope(large);
    expect(variable).toBe(SCOPE_IN_EVENT);
    expect(unpackAuditScope(variable, JSON.parse(event ?? ""))).toEqual(large);
  });

  test("refuses what fits nowhere", () => {
    const device = Array.from({ length: 20_000 }, (_, n) => `laptop-${n}`);
    expect(() => packAuditScope({ ...SCOPE, users: { ...SCOPE.users, device } })).toThrow(RangeError);
  });

  test("a variable that holds one wins over any event", () => {
    const other = { ...SCOPE, acceptances: [] };
    expect(unpackAuditScope(JSON.stringify(SCOPE), { audit: other })).toEqual(SCOPE);
  });

  test.each<[string, string | undefined, string]>([
    ["nothing", undefined, "AUDIT_SCOPE"],
    ["an empty variable", "", "AUDIT_SCOPE"],
    ["no JSON", "{", "AUDIT_SCOPE"],
    ["another version", JSON.stringify({ ...SCOPE, version: 2 }), "AUDIT_SCOPE.version"],
    ["an unknown key", JSON.stringify({ ...SCOPE, extra: 1 }), 'got "extra"'],
    [
      "a path of everything",
      JSON.stringify({ ...SCOPE, paths: { ...SCOPE.paths, ci: "/" } }),
      "AUDIT_SCOPE.paths.ci",
    ],
    [
      "a missing kind",
      JSON.stringify({ ...SCOPE, users: { device: [], ci: [] } }),
      "AUDIT_SCOPE.users.break-glass",
    ],
    ["broken rules", JSON.stringify({ ...SCOPE, keyRules: { version: 1 } }), "AUDIT_SCOPE.keyRules"],
    [
      "a day that is none",
      JSON.stringify({ ...SCOPE, acceptances: [{ ...SCOPE.acceptances[0], expires: "soon" }] }),
      "expires",
    ],
    ["an event without one", SCOPE_IN_EVENT, "event.audit"],
  ])("refuses %s and says where", (_what, variable, where) => {
    expect(() => unpackAuditScope(variable, {})).toThrow(where);
  });

  test("names declared users with their paths", () => {
    expect(declaredUsers(SCOPE)).toContainEqual({
      userName: "octo.website",
      path: "/baseline/ci/",
      kind: "ci",
    });
    expect(declaredUsers(SCOPE)).toHaveLength(3);
  });
});
