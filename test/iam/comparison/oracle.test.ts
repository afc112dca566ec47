import fc from "fast-check";
import { accessChange, isUnchanged } from "../../../src/iam/comparison/access-change";
import type { PolicyDocument, Statement } from "../../../src/iam/policy-document";
import { allows } from "../../fixtures/comparison/oracle";
import { POLICY_PAIRS } from "../../fixtures/comparison/policy-pairs";
import { samplesOf } from "../../fixtures/comparison/samples";

/** Requests of one pair: 432 pairs make a million. */
const MOST_SAMPLES = 3_000;

const judged = POLICY_PAIRS.map((pair) => {
  const { before, after } = pair;
  const change = accessChange({ identity: [before] }, { identity: [after] });
  const samples = samplesOf([before, after]);
  const step = Math.max(1, Math.floor(samples.length / MOST_SAMPLES));
  const differing = samples
    .filter((_, index) => index % step === 0)
    .map((sample) => ({ was: allows(before, sample), is: allows(after, sample) }));
  return {
    ...pair,
    change,
    saysGained: change.gained.length > 0 || change.undenied.some(({ isReachable }) => isReachable),
    isGained: differing.some(({ was, is }) => is && !was),
    isLost: differing.some(({ was, is }) => was && !is),
  };
});
const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name);

describe("432 changes of policies, against requests", () => {
  test("are as many, and mean all kinds of things", () => {
    expect(judged).toHaveLength(432);
    for (const is of [
      judged.filter(({ isGained, isLost }) => isGained && !isLost),
      judged.filter(({ isGained, isLost }) => !isGained && isLost),
      judged.filter(({ isGained, isLost }) => !isGained && !isLost),
    ])
      expect(is.length).toBeGreaterThan(50);
  });

  test("no gain is missed", () => {
    expect(names(judged.filter(({ isGained, saysGained }) => isGained && !saysGained))).toEqual([]);
  });

  test("no gain is invented", () => {
    expect(names(judged.filter(({ isGained, saysGained }) => !isGained && saysGained))).toEqual([]);
  });

  test("no loss is missed", () => {
    expect(names(judged.filter(({ isLost, change }) => isLost && isUnchanged(change)))).toEqual([]);
  });

  test("what means the same is no change", () => {
    const same = judged.filter(({ name }) =>
      /: (?:written in another|one statement for|a statement twice)/.test(name),
    );
    expect(names(same.filter(({ change }) => !isUnchanged(change)))).toEqual([]);
  });
});

describe("policies of any form, against requests", () => {
  const text = fc.stringMatching(/^[ab*?]{1,4}$/);
  const texts = fc.array(text, { minLength: 1, maxLength: 3 });
  const condition = fc.dictionary(
    fc.constantFrom("StringLike", "StringNotLike", "StringLikeIfExists", "StringEquals", "StringNotEquals"),
    fc.dictionary(fc.constantFrom("k", "l"), texts, { minKeys: 1, maxKeys: 2 }),
    { maxKeys: 2 },
  );
  const statement = fc
    .record({
      Effect: fc.constantFrom("Allow" as const, "Deny" as const),
      action: fc.constantFrom("Action", "NotAction"),
      actions: texts,
      resource: fc.constantFrom("Resource", "NotResource"),
      resources: texts,
      Condition: condition,
    })
    .map(
      ({ Effect, action, actions, resource, resources, Condition }) =>
        ({
          Effect,
          [action]: actions,
          [resource]: resources,
          ...(Object.keys(Condition).length > 0 && { Condition }),
        }) as Statement,
    );
  const document = fc
    .array(statement, { minLength: 1, maxLength: 3 })
    .map((Statement): PolicyDocument => ({ Version: "2012-10-17", Statement }));

  test("no gain is missed", () => {
    fc.assert(
      fc.property(document, document, (before, after) => {
        const change = accessChange({ identity: [before] }, { identity: [after] });
        const saysGained = change.gained.length > 0 || change.undenied.some(({ isReachable }) => isReachable);
        fc.pre(!saysGained);
        const samples = samplesOf([before, after]).slice(0, 500);
        expect(samples.filter((sample) => allows(after, sample) && !allows(before, sample))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
