import { type AttachedPolicy, UNKNOWN_PART } from "../iam/graph";
import { listOf, type PolicyDocument } from "../iam/policy-document";

/** What the conditions of documents compare with: the values between which an answer can change. */
export interface ConditionValues {
  readonly addresses: ReadonlySet<string>;
  readonly vpcs: ReadonlySet<string>;
  /** The last age, in seconds, of each range of ages within which every condition gives one answer. */
  readonly mfaAges: ReadonlySet<number>;
}

const known = new WeakMap<PolicyDocument, ConditionValues>();

/** The values of some policies together. */
export function conditionValues(policies: readonly Pick<AttachedPolicy, "document">[]): ConditionValues {
  const addresses = new Set<string>();
  const vpcs = new Set<string>();
  const mfaAges = new Set<number>();
  for (const { document } of policies) {
    if ("unknown" in document) continue;
    const own = ofDocument(document);
    for (const address of own.addresses) addresses.add(address);
    for (const vpc of own.vpcs) vpcs.add(vpc);
    for (const age of own.mfaAges) mfaAges.add(age);
  }
  return { addresses, vpcs, mfaAges };
}

function ofDocument(document: PolicyDocument): ConditionValues {
  const present = known.get(document);
  if (present !== undefined) return present;
  const entries = document.Statement.flatMap(({ Condition = {} }) => Object.entries(Condition)).flatMap(
    ([operator, block]) => Object.entries(block).map(([key, values]) => ({ operator, key, values })),
  );
  const values = (wanted: string) =>
    entries
      .filter(({ key }) => key.toLowerCase() === wanted)
      .flatMap(({ operator, values }) => listOf(values).map((value) => ({ operator, value })))
      .filter(({ value }) => !value.includes(UNKNOWN_PART));
  const read: ConditionValues = {
    addresses: new Set(values("aws:sourceip").map(({ value }) => value)),
    vpcs: new Set(
      values("aws:sourcevpc")
        .map(({ value }) => value)
        .filter((vpc) => !/[*?]/.test(vpc)),
    ),
    mfaAges: new Set(
      values("aws:multifactorauthage").flatMap(({ operator, value }) => lastAges(operator, value)),
    ),
  };
  known.set(document, read);
  return read;
}

function lastAges(operator: string, value: string): readonly number[] {
  const age = Number(value);
  if (!Number.isFinite(age)) return [];
  if (/lessthanequals|greaterthan(ifexists)?$/i.test(operator)) return [age];
  return /lessthan|greaterthanequals/i.test(operator) ? [age - 1] : [age - 1, age];
}
