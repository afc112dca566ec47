import { type Acceptance, applyAcceptances } from "../../src/findings/acceptance";
import type { Finding } from "../../src/findings/finding";

const now = new Date("2026-11-23T23:59:59Z");
const finding: Finding = {
  rule: "key-too-old",
  severity: "medium",
  address: "user/work",
  message: "old",
  remedy: "rotate",
};
const acceptance: Acceptance = {
  finding: "key-too-old",
  subject: "user/work",
  reason: "on leave until December",
  expires: "2026-12-01",
};
const apply = (differences: Partial<Acceptance>, findings = [finding], ownRules = ["key-too-old"]) => {
  const accepted = applyAcceptances(findings, [{ ...acceptance, ...differences }], ownRules, now);
  return { open: accepted.findings.map(({ rule }) => rule), muted: accepted.muted.length };
};

test("an accepted finding is listed as muted, with reason and end", () => {
  expect(applyAcceptances([finding], [acceptance], ["key-too-old"], now)).toEqual({
    findings: [],
    muted: [{ finding, reason: "on leave until December", expires: "2026-12-01" }],
  });
});

test.each([
  ["its last day still mutes", { expires: "2026-11-23" }, { open: [], muted: 1 }],
  [
    "the day after, the finding is back and the acceptance is one too",
    { expires: "2026-11-22" },
    { open: ["key-too-old", "acceptance-expired"], muted: 0 },
  ],
  [
    "another subject mutes nothing and is told",
    { subject: "user/home" },
    { open: ["key-too-old", "acceptance-unused"], muted: 0 },
  ],
  [
    "a subject that differs in case mutes nothing",
    { subject: "user/Work" },
    { open: ["key-too-old", "acceptance-unused"], muted: 0 },
  ],
  ["a pattern mutes what it fits", { subject: "user/wo*" }, { open: [], muted: 1 }],
  [
    "a pattern that does not fit mutes nothing",
    { subject: "user/ho*" },
    { open: ["key-too-old", "acceptance-unused"], muted: 0 },
  ],
  [
    "a kind with a star is no pattern",
    { subject: "user/*" },
    { open: ["key-too-old", "acceptance-unused"], muted: 0 },
  ],
  ["a star is no pattern", { subject: "*" }, { open: ["key-too-old", "acceptance-unused"], muted: 0 }],
  [
    "another command's rule is left to that command",
    { finding: "drift" },
    { open: ["key-too-old"], muted: 0 },
  ],
])("%s", (_what, differences, expected) => {
  expect(apply(differences)).toEqual(expected);
});

test("an expired acceptance is told even where the finding is gone", () => {
  expect(apply({ expires: "2026-11-22" }, [])).toEqual({ open: ["acceptance-expired"], muted: 0 });
});
