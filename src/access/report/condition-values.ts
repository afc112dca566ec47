import { listOf, type PolicyDocument } from "../../policies/policy-document";
import { type AttachedPolicy, UNKNOWN_PART } from "../graph";

/** What the conditions of documents compare with: the values between which an answer can change. */
export interface ConditionValues {
  readonly addresses: ReadonlySet<string>;
  readonly vpcs: ReadonlySet<string>;
  /** Seconds. */
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
  const values = (wanted: string): string[] =>
    document.Statement.flatMap(({ Condition = {} }) => Object.values(Condition))
      .flatMap((block) => Object.entries(block))
      .filter(([key]) => key.toLowerCase() === wanted)
      .flatMap(([, value]) => listOf(value))
      .filter((value) => !value.includes(UNKNOWN_PART));
  const read: ConditionValues = {
    addresses: new Set(values("aws:sourceip")),
    vpcs: new Set(values("aws:sourcevpc").filter((vpc) => !/[*?]/.test(vpc))),
    mfaAges: new Set(values("aws:multifactorauthage").map(Number).filter(Number.isFinite)),
  };
  known.set(document, read);
  return read;
}
