import { environmentFile } from "../environment/source-file";
import type { Expectation } from "./world/expectation";
import type { BrokenProof } from "./world/proof";
import { subjectOfArn } from "./world/subject";

/** The same proofs, each with where a person declares what it is about and what grants it: file and key. */
export function withPlaces(
  found: readonly BrokenProof[],
  expectations: readonly Expectation[],
): readonly BrokenProof[] {
  if (found.length === 0) return found;
  const places = new Map(expectations.map((expectation) => [expectation.environment, placesOf(expectation)]));
  return found.map((proof) => {
    const own = places.get(proof.environment);
    const file = environmentFile(proof.environment);
    const granting = (proof.counterexample?.through ?? []).map(({ attachedTo }) => subjectOfArn(attachedTo));
    const keys = [proof.subject, ...granting].flatMap((subject) => own?.get(subject) ?? []);
    return {
      ...proof,
      places: keys.length === 0 ? [file] : [...new Set(keys)].map((key) => `${file}: ${key}`),
    };
  });
}

/** Keys by subject: `user/laptop` is declared at `devices.laptop`. */
function placesOf({ users, groups, roles, recovery }: Expectation): ReadonlyMap<string, string> {
  return new Map([
    ...[...users, ...groups, ...roles].map(({ arn, declaredAt }) => [subjectOfArn(arn), declaredAt] as const),
    ...(recovery?.owners ?? []).map(({ owner }) => [`owner/${owner}`, "recovery"] as const),
  ]);
}
