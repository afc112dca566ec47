import {
  type AddressRange,
  addressOutside,
  addressRange,
  addressWithin,
  contains,
} from "../iam/comparison/address-range";
import type { Effect } from "../iam/decision";
import type { AttachedPolicy } from "../iam/graph";
import type { Credentials, Network } from "../iam/request";
import { type ConditionValues, conditionValues } from "./condition-values";
import { type Conditions, ELSEWHERE } from "./conditions";
import { compareText } from "./shown";

/** A place to call from that stands for all places which the policies at hand treat alike. */
export interface Place {
  readonly label: string;
  readonly network: Network;
  readonly range?: AddressRange;
  readonly isElsewhere: boolean;
}

/** Everything that is varied to find out under which conditions a request is allowed. */
export interface Circumstances {
  readonly places: readonly Place[];
  /** From the weakest on: a long-term key, then MFA sessions from the youngest on. */
  readonly credentials: readonly Credentials[];
}

/** Longest session of GetSessionToken in seconds, and so the oldest MFA. @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html */
const OLDEST_MFA = 129_600;

const UNLISTED_VPC = "vpc-0ffffffffffffffff";

/** What to vary for a user under these policies. */
export function userCircumstances(policies: readonly Pick<AttachedPolicy, "document">[]): Circumstances {
  const values = conditionValues(policies);
  const ages = new Set([...values.mfaAges, OLDEST_MFA]);
  const sessions = [...ages]
    .filter((age) => Number.isInteger(age) && age >= 0 && age <= OLDEST_MFA)
    .sort((left, right) => left - right)
    .map((mfaAgeSeconds): Credentials => ({ kind: "session-token", mfaAgeSeconds }));
  return { places: placesOf(values), credentials: [{ kind: "long-term-key" }, ...sessions] };
}

/** What to vary for callers whose credentials are of one kind: sessions of roles, services, tokens. */
export function sessionCircumstances(
  policies: readonly Pick<AttachedPolicy, "document">[],
  credentials: Credentials = { kind: "role-session" },
): Circumstances {
  return { places: placesOf(conditionValues(policies)), credentials: [credentials] };
}

function placesOf({ addresses, vpcs }: ConditionValues): readonly Place[] {
  const ranges = [...addresses]
    .sort()
    .flatMap((text) => addressRange(text) ?? [])
    .sort((left, right) => compareText(left.family, right.family))
    .filter(({ first, last }) => last - first < 2n ** 127n && !(first === 0n && last === 0xffff_ffffn));
  const listed = ranges.flatMap((range): Place[] => {
    const sourceIp = addressWithin(range, ranges);
    return sourceIp === undefined
      ? []
      : [{ label: range.text, network: { sourceIp }, range, isElsewhere: false }];
  });
  const listedVpcs = [...vpcs]
    .sort()
    .map((vpc): Place => ({ label: vpc, network: { vpc }, isElsewhere: false }));
  const elsewhere = (["ipv4", "ipv6"] as const).flatMap((family): Place[] => {
    const sourceIp = addressOutside(family, ranges);
    return sourceIp === undefined
      ? []
      : [{ label: ELSEWHERE[family], network: { sourceIp }, isElsewhere: true }];
  });
  const otherVpc: Place = { label: ELSEWHERE.vpc, network: { vpc: UNLISTED_VPC }, isElsewhere: true };
  return [...listed, ...listedVpcs, ...elsewhere, otherVpc];
}

/** What a place asks of the credentials. Ranks: 0 not allowed, then MFA by its greatest age, then none. */
export type Requirement =
  | { readonly rank: 0 }
  | { readonly rank: number; readonly mfa?: { readonly maxAgeSeconds?: number } };

const NOT_ALLOWED: Requirement = { rank: 0 };
const ANY_AGE = OLDEST_MFA + 1;

export interface Outcome {
  /** One for each place. */
  readonly requirements: readonly Requirement[];
  readonly unknowns: readonly string[];
}

export type Ask = (
  credentials: Credentials,
  network: Network,
) => { readonly effect: Effect; readonly unknowns: readonly string[] };

/** Asks under all circumstances. */
export function explore({ places, credentials }: Circumstances, ask: Ask): Outcome {
  const unknowns = new Set<string>();
  const requirements = places.map(({ network }) => {
    let best: Requirement = NOT_ALLOWED;
    for (const variant of credentials) {
      const { effect, unknowns: doubts } = ask(variant, network);
      if (effect === "Unknown") for (const doubt of doubts) unknowns.add(doubt);
      if (effect !== "Allowed") continue;
      if (!("mfaAgeSeconds" in variant) || variant.mfaAgeSeconds === undefined) return { rank: ANY_AGE + 1 };
      const age = variant.mfaAgeSeconds;
      best = age === OLDEST_MFA ? { rank: ANY_AGE, mfa: {} } : { rank: age + 1, mfa: { maxAgeSeconds: age } };
    }
    return best;
  });
  return { requirements, unknowns: [...unknowns] };
}

export function isAllowedAnywhere({ requirements }: Outcome): boolean {
  return requirements.some(({ rank }) => rank > 0);
}

/** What at least one of two outcomes allows. Both are of the same places. */
export function eitherOf(left: Outcome, right: Outcome): Outcome {
  return {
    requirements: left.requirements.map((requirement, index) => {
      const other = right.requirements[index] ?? NOT_ALLOWED;
      return other.rank > requirement.rank ? other : requirement;
    }),
    unknowns: [...new Set([...left.unknowns, ...right.unknowns])],
  };
}

/** What both of two outcomes allow. */
export function bothOf(left: Outcome, right: Outcome): Outcome {
  return {
    requirements: left.requirements.map((requirement, index) => {
      const other = right.requirements[index] ?? NOT_ALLOWED;
      return other.rank < requirement.rank ? other : requirement;
    }),
    unknowns: [...new Set([...left.unknowns, ...right.unknowns])],
  };
}

/** An outcome as alternatives, the one that asks least of the credentials first. */
export function conditionsOf(
  { requirements }: Outcome,
  places: readonly Place[],
  besides: readonly string[] = [],
): readonly Conditions[] {
  const ranks = [...new Set(requirements.map(({ rank }) => rank))].filter((rank) => rank > 0);
  const alternatives = ranks
    .sort((left, right) => right - left)
    .map((rank): Conditions => {
      const requirement = requirements.find((one) => one.rank === rank);
      const isIn = (place: Place) => (requirements[places.indexOf(place)]?.rank ?? 0) >= rank;
      return {
        ...(requirement !== undefined && "mfa" in requirement && { mfa: requirement.mfa }),
        ...networksOf(places, isIn),
        ...(besides.length > 0 && { besides }),
      };
    });
  return alternatives;
}

function networksOf(
  places: readonly Place[],
  isIn: (place: Place) => boolean,
): Pick<Conditions, "networks" | "exceptNetworks"> {
  const isAnywhere = places.filter(({ isElsewhere }) => isElsewhere).every(isIn);
  const allowed = places.filter(isIn);
  const widest = allowed.filter(
    ({ range }) =>
      range === undefined ||
      !allowed.some(
        (other) => other.range !== undefined && other.range !== range && contains(other.range, range),
      ),
  );
  const excepted = places.filter(
    (place) =>
      !isIn(place) &&
      (isAnywhere ||
        widest.some(
          ({ range }) => range !== undefined && place.range !== undefined && contains(range, place.range),
        )),
  );
  return {
    ...(!isAnywhere && { networks: widest.map(({ label }) => label) }),
    ...(excepted.length > 0 && { exceptNetworks: excepted.map(({ label }) => label) }),
  };
}
