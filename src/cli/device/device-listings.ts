import type { Listing } from "../listing";
import type { Onboarding } from "./onboard";
import type { Retired } from "./retire";
import type { Rotation } from "./rotate";

/** The steps of an onboarding in words. */
export function onboardingListing(
  { device, environment, steps, identities }: Onboarding,
  done: boolean,
): Listing {
  return {
    title: `Device ${device} of environment ${environment}`,
    facts: Object.entries(identities).map(([role, arn]) => [`Through ${role}`, arn] as const),
    head: ["step", "state", "what", "will be allowed"],
    rows: steps.map(({ step, state, because, permission }) => [
      step,
      state,
      because,
      permission === undefined
        ? ""
        : permission.answer === "allowed"
          ? "yes"
          : `${permission.answer === "denied" ? "no" : "not known"}: ${permission.call.action}: ${permission.because}`,
    ]),
    notes: [
      ...(!done && steps.some(({ state }) => state === "to-do")
        ? ["Nothing was changed; --yes does these steps."]
        : []),
      ...(done ? [`Work with it: aws-vault exec ${environment}-<role> -- aws sts get-caller-identity`] : []),
    ],
  };
}

/** A rotation in words. */
export function rotationListing({ device, environment, did, dryRun, old, key }: Rotation): Listing {
  const finished = did === "finish" ? "an earlier rotation was broken off: only its old key is left" : "";
  return {
    title: dryRun
      ? `Device ${device} of environment ${environment}: nothing was changed`
      : `Device ${device} of environment ${environment}: the key is rotated`,
    facts: [
      [dryRun ? "Would delete" : "Deleted", old],
      ...(key === undefined ? [] : [["In use", key] as const]),
    ],
    head: [],
    rows: [],
    notes: finished === "" ? [] : [finished],
  };
}

/** A retirement or a renaming in words; the patch stands at the end, where it can be piped on. */
export function retirementListing(retired: Retired): Listing {
  const { device, environment, to, stops, steps, mentions, violations, byHand, patchFile, patch } = retired;
  return {
    title:
      to === undefined
        ? `Retiring device ${device} of environment ${environment}`
        : `Renaming device ${device} of environment ${environment} to ${to}`,
    facts: stops.map((what) => ["Stops", what] as const),
    head: ["", "in this order"],
    rows: steps.map((step, index) => [String(index + 1), step]),
    notes: [
      ...mentions.map((place) => `also names it: ${place}`),
      ...violations.map((violation) => `without it the environment is refused: ${violation}`),
      ...(byHand === undefined ? [] : [`edit environments/${environment}.ts by hand: ${byHand}`]),
      ...(patchFile === undefined ? [] : [`the edit is in ${patchFile}: git apply ${patchFile}`]),
      ...(patchFile === undefined && patch !== "" ? ["the edit, for git apply:"] : []),
    ],
  };
}
