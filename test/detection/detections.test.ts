import type { Detection } from "../../src/detection/detection";
import { DETECTION_IDS, DETECTIONS } from "../../src/detection/detections";
import { patternFaults } from "../../src/detection/pattern/faults";
import { matchesPattern } from "../../src/detection/pattern/matches";
import { deadParts } from "../../src/detection/pattern/never-matches";
import { tell } from "../../src/detection/sentence";
import { CASES, SCOPE } from "../fixtures/detection/cases";
import type { Event } from "../fixtures/detection/records";
import { isUnchanged, mutantsOf } from "./mutants";

const all: readonly (readonly [string, Detection])[] = DETECTIONS.map((one) => [one.id, one] as const);
const label = (event: Event) => {
  const { eventName, type, eventTypeCode } = event["detail"] as Record<string, unknown>;
  return String(eventName ?? type ?? eventTypeCode ?? event["detail-type"]);
};

describe.each(all)("%s", (id, detection) => {
  const cases = CASES[id as keyof typeof CASES];
  const pattern = detection.pattern(SCOPE);
  const matching = [...cases.told, ...(cases.fine ?? [])];

  test("has at least three events that it tells of, and three near misses", () => {
    expect(cases.told.length).toBeGreaterThanOrEqual(3);
    expect(cases.misses.length).toBeGreaterThanOrEqual(3);
  });

  test("matches every event that it is about", () => {
    expect(matching.filter((event) => !matchesPattern(pattern, event)).map(label)).toEqual([]);
  });

  test("matches none beside them", () => {
    expect(cases.misses.filter((event) => matchesPattern(pattern, event)).map(label)).toEqual([]);
  });

  test("every slip of the pen in its pattern is noticed", () => {
    const living = mutantsOf(pattern).filter((mutant) => {
      if (isUnchanged(mutant, pattern)) return true;
      const misses = cases.misses.some((event) => matchesPattern(mutant.pattern, event));
      return !misses && matching.every((event) => matchesPattern(mutant.pattern, event));
    });
    expect(living.map(({ what }) => what)).toEqual([]);
  });

  test("is a pattern that EventBridge takes, every part of which can match where it listens", () => {
    expect(patternFaults(pattern)).toEqual([]);
    const regions = {
      global: ["us-east-1"],
      home: [SCOPE.region],
      both: ["us-east-1", SCOPE.region],
      health: ["us-east-1", "us-west-2"],
    }[detection.place];
    for (const region of regions) {
      const listening = { region, globalRegion: "us-east-1", reads: detection.reads ?? false };
      expect(deadParts(pattern, listening)).toEqual([]);
    }
  });

  test("tells each in a sentence that begins with who or what, and ends with the runbook", () => {
    for (const event of cases.told) {
      const told = tell(detection, event, SCOPE);
      expect(told?.sentence).toMatch(
        /^\S.{20,}, in [a-z0-9-]+\. .*What to do: https:\/\/example\.com\/runbooks\/[a-z-]+\.md$/,
      );
      expect(told?.sentence).toContain(`/${id}.md`);
      expect(told?.sentence).not.toMatch(/undefined|\[object|null/);
      expect(told?.sentence).toMatch(/2026-11-25 12:34:56 \(Asia\/Tokyo\)/);
      expect(`${told?.subject} ${told?.sentence}`).not.toMatch(/A(KIA|SIA|IDA|ROA)[A-Z0-9]{12,}/);
    }
  });

  test("tells no severity that it does not declare", () => {
    const declared = [detection.severity, ...(detection.otherSeverities ?? [])];
    const told = cases.told.flatMap((event) => tell(detection, event, SCOPE)?.severity ?? []);
    expect(told.filter((severity) => !declared.includes(severity))).toEqual([]);
    expect(declared.filter((severity) => !told.includes(severity))).toEqual([]);
  });

  test("finds fine what a pattern alone cannot tell apart", () => {
    for (const event of cases.fine ?? []) expect(tell(detection, event, SCOPE)).toBeUndefined();
  });

  test("survives an event that holds nothing of what it looks for", () => {
    for (const raw of [{}, { detail: null }, { detail: { userIdentity: "x", requestParameters: [1] } }]) {
      expect(() => tell(detection, raw, SCOPE)).not.toThrow();
    }
  });
});

test("ids are stable words, each once", () => {
  expect(new Set(DETECTION_IDS).size).toBe(DETECTIONS.length);
  for (const id of DETECTION_IDS) expect(id).toMatch(/^[a-z]+(-[a-z]+)+$/);
  expect(DETECTIONS.length).toBeGreaterThanOrEqual(15);
});
