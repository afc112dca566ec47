import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { AuditInput } from "../../../src/credentials/audit/audit-input";
import { type AuditScope, declaredUsers } from "../../../src/credentials/audit/audit-scope";
import { judgedAudit } from "../../../src/credentials/audit/judged-audit";
import {
  CredentialReportError,
  parseCredentialReport,
} from "../../../src/credentials/parse-credential-report";

const fixture = (file: string) => readFileSync(join(__dirname, "../../fixtures/hygiene", file), "utf8");
const NOW = new Date("2026-11-25T04:35:14Z");
const paths = (root: string) => ({
  device: `${root}device/`,
  ci: `${root}ci/`,
  "break-glass": `${root}break-glass/`,
});

const PERSONAL: AuditScope = {
  version: 1,
  users: { device: ["work", "home"], ci: ["octo.website", "octo.images"], "break-glass": [] },
  paths: paths("/baseline/"),
  neighbours: [{ root: "/team/", paths: paths("/team/"), audited: true }],
  acceptances: [],
};
const TEAM: AuditScope = {
  version: 1,
  users: {
    device: ["anna-home", "anna-laptop", "ben-laptop", "ben-tablet", "chris-laptop"],
    ci: ["example-team.api", "example-team.web", "example-team.worker"],
    "break-glass": [],
  },
  paths: paths("/team/"),
  neighbours: [{ root: "/baseline/", paths: paths("/baseline/"), audited: true }],
  inCharge: false,
  acceptances: [],
};

function judge(file: string, scope: AuditScope = PERSONAL) {
  const input: AuditInput = {
    rows: parseCredentialReport(fixture(file)),
    generatedTime: NOW,
    now: NOW,
    declared: declaredUsers(scope),
    paths: scope.paths,
    ...(scope.neighbours && { neighbours: scope.neighbours }),
    ...(scope.inCharge === false && { inCharge: false }),
  };
  const audit = judgedAudit(input, scope, NOW);
  const told = audit.findings.map(({ severity, rule, address }) => `${severity} ${rule} ${address}`);
  return { ...audit, told: told.filter((one) => !one.includes("declared-user-missing")) };
}

describe("reports as they were met", () => {
  test("a root user without any credential is centrally managed, and no finding", () => {
    const { told, notes } = judge("audit-root-without-credentials.csv");
    expect(told).toEqual([]);
    expect(notes).toEqual([expect.stringContaining("centrally managed")]);
  });

  test("a root user who signed in two days ago is told", () => {
    expect(judge("audit-root-used-two-days-ago.csv").told).toEqual(["high root-used root"]);
  });

  test("repositories of the other environment have no MFA either, and nobody says so", () => {
    expect(judge("audit-neighbour-ci.csv").told).toEqual([]);
    expect(judge("audit-neighbour-ci.csv", TEAM).told).toEqual([]);
  });

  test.each([
    ["refused-30-february.csv", "2026-02-30"],
    ["refused-no-root-row.csv", "<root_account>"],
  ])("%s is no report", (file, message) => {
    expect(() => parseCredentialReport(fixture(file))).toThrow(CredentialReportError);
    expect(() => parseCredentialReport(fixture(file))).toThrow(message);
  });
});

describe("exceptions in an account of two environments", () => {
  const acceptance = { finding: "root-used", subject: "root", reason: "recovery", expires: "2026-12-31" };

  test("what one accepts is muted in the audit that is in charge", () => {
    const scope = { ...PERSONAL, neighbourAcceptances: [acceptance] };
    const { told, muted } = judge("audit-root-used-two-days-ago.csv", scope);
    expect(told).toEqual([]);
    expect(muted).toHaveLength(1);
  });

  test("and is unused in neither of them", () => {
    const report = "audit-root-without-credentials.csv";
    expect(judge(report, { ...PERSONAL, neighbourAcceptances: [acceptance] }).told).toEqual([]);
    expect(judge(report, { ...TEAM, acceptances: [acceptance] }).told).toEqual([]);
    // its own, which matches nothing, is told by the audit that judges it
    expect(judge(report, { ...PERSONAL, acceptances: [acceptance] }).told).toEqual([
      "info acceptance-unused accepted/root-used/root",
    ]);
  });

  test("of a user whom the environment declares stay its own", () => {
    const own = { ...acceptance, finding: "key-too-old", subject: "user/anna-home" };
    expect(judge("audit-neighbour-ci.csv", { ...TEAM, acceptances: [own] }).told).toEqual([
      "info acceptance-unused accepted/key-too-old/user/anna-home",
    ]);
  });
});
