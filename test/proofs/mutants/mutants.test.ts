import type { AccessGraph } from "../../../src/iam/graph";
import { isAnyBroken, prove } from "../../../src/proofs/prove";
import { validateBaseline } from "../../../src/proofs/validate-baseline";
import { expectationsOf } from "../../../src/proofs/world/expectation-of";
import { mergeGraphs } from "../../../src/sources/graph/merge-graphs";
import { graphFromStack } from "../../../src/sources/stack/graph-from-stack";
import { NOW } from "../../builders/environment";
import { environments as inputs } from "../../shipped";
import { synthesize } from "../../support/synthesize";
import { attachmentMutants, guardMutants } from "./guard-mutants";
import { principalMutants } from "./principal-mutants";
import { selfServiceMutants } from "./self-service-mutants";
import type { Mutant, StackJson } from "./stack-json";
import { trustMutants } from "./trust-mutants";

const environments = validateBaseline(inputs, NOW);
const expectations = expectationsOf(environments);
const stacks = [...synthesize(...inputs)].map(([name, { json }]) => ({
  name,
  json: json as unknown as StackJson,
}));
const graphs = new Map<string, AccessGraph>(stacks.map(({ name, json }) => [name, graphFromStack(json)]));

/** The account of `personal` has nothing to do with those of the team, so it is proven by itself. */
function isBroken(stack: string, changed: AccessGraph): boolean {
  const family = stack.split("-")[0] ?? "";
  const all = [...graphs].filter(([name]) => name.startsWith(family));
  const merged = mergeGraphs(all.map(([name, graph]) => (name === stack ? changed : graph)));
  const expected = expectations.filter(({ environment }) => environment.startsWith(family));
  return isAnyBroken(merged, expected, NOW);
}

function survivorsOf(stack: string, json: StackJson, mutants: readonly Mutant[]): readonly string[] {
  return mutants
    .filter(({ apply }) => {
      const copy = structuredClone(json);
      apply(copy);
      return !isBroken(stack, graphFromStack(copy));
    })
    .map(({ name }) => name);
}

const identityStacks = stacks.filter(({ name }) => name.endsWith("-identity"));
const families = {
  guard: guardMutants,
  attachment: attachmentMutants,
  "self-service": selfServiceMutants,
  trust: trustMutants,
  principal: principalMutants,
};

test("the shipped environments hold every proof", () => {
  expect(prove(mergeGraphs([...graphs.values()]), expectations, NOW).broken).toEqual([]);
});

describe.each(identityStacks)("$name", ({ name, json }) => {
  test.each(Object.entries(families))("every %s mutant breaks a proof", (_family, mutantsOf) => {
    const mutants = mutantsOf(json);
    expect(mutants.length).toBeGreaterThan(0);
    expect(survivorsOf(name, json, mutants)).toEqual([]);
  });
});
