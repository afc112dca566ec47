import { type Clause, clauseText } from "./clause";
import type { Grant } from "./grant";
import { implies, impliesAll } from "./implication";
import { isSetCovered, type PatternSet, setsMeet } from "./pattern-sets";

/** The smallest piece that is compared: one action pattern (or a complement), one resource, one principal, all conditions. */
export interface Atom {
  readonly actions: PatternSet;
  readonly resources: PatternSet;
  readonly principals: PatternSet;
  readonly clauses: readonly Clause[];
}

/**
 * What is left of one statement, and what comes nearest to it on the other side.
 *
 * @example
 * ```ts
 * import { accessChange, policyDocument, type Uncovered } from "iam-baseline/iam";
 *
 * const site = policyDocument({ Sid: "Site", Effect: "Allow", Action: "s3:*", Resource: "arn:aws:s3:::site/*" });
 * const everything = policyDocument({ Sid: "Site", Effect: "Allow", Action: "s3:*", Resource: "*" });
 * const [gain]: readonly Uncovered[] = accessChange({ identity: [site] }, { identity: [everything] }).gained;
 * gain?.grant.statement.Sid; // "Site"
 * ```
 */
export interface Uncovered {
  readonly grant: Grant;
  readonly atoms: readonly Atom[];
  /** A statement of the other side that would cover these pieces but for its conditions. */
  readonly but?: { readonly grant: Grant; readonly clauses: readonly Clause[] };
  /** A statement of the other side with the same actions on other resources. */
  readonly narrower?: Grant;
}

/** Pieces of a statement that are looked at: beyond it the whole statement is taken as one that is not covered. */
const MOST_ATOMS = 5_000;
/** Comparisons for the pieces of one statement. */
const MOST_COMPARISONS = 20_000_000;
const MOST_SPLITS = 64;

/**
 * The pieces of `grants` that no statement of `others` covers: what may be so now and was not before. Sound: a piece
 * that is not told is certainly covered. All of them have one effect.
 */
export function uncovered(grants: readonly Grant[], others: readonly Grant[]): readonly Uncovered[] {
  const keys = new Set(others.map(({ key }) => key));
  const result: Uncovered[] = [];
  const done = new Set<string>();
  const sids = new Set(grants.map(sidOf));
  for (const grant of grants) {
    if (keys.has(grant.key) || done.has(grant.key)) continue;
    done.add(grant.key);
    const atoms = uncoveredAtoms(grant, others);
    if (atoms.length === 0) continue;
    // a statement that keeps its name is compared with itself; one that is there on both sides is another one
    const own = sidOf(grant) === "" ? undefined : others.find((other) => sidOf(other) === sidOf(grant));
    const candidates = own ? [own] : others.filter((other) => sidOf(other) === "" || !sids.has(sidOf(other)));
    result.push(...byNearest(grant, atoms, candidates));
  }
  return result;
}

function sidOf({ statement }: Grant): string {
  return statement.Sid ?? "";
}

/** Pieces with the same nearest statement, and the same conditions between, are told together. */
function byNearest(grant: Grant, atoms: readonly Atom[], others: readonly Grant[]): readonly Uncovered[] {
  const groups = new Map<string, Uncovered & { readonly atoms: Atom[] }>();
  for (const atom of atoms) {
    const near = nearest(atom, others);
    const key = JSON.stringify([near.but?.grant.key, near.but?.clauses.map(clauseText), near.narrower?.key]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { grant, atoms: [atom], ...near });
    else group.atoms.push(atom);
  }
  return [...groups.values()];
}

function uncoveredAtoms(grant: Grant, others: readonly Grant[]): readonly Atom[] {
  const whole: Atom = grant;
  if (others.length > 0 && isCoveredBy(whole, others)) return [];
  const [actions, resources, principals] = [
    pieces(grant.actions),
    pieces(grant.resources),
    pieces(grant.principals),
  ];
  const count = actions.length * resources.length * principals.length;
  const patterns = others.reduce(
    (sum, other) => sum + other.actions.patterns.length + other.resources.patterns.length,
    0,
  );
  if (count > MOST_ATOMS || count * patterns > MOST_COMPARISONS || others.length === 0) return [whole];
  const left: Atom[] = [];
  for (const principal of principals) {
    for (const action of actions) {
      for (const resource of resources) {
        const atom = { actions: action, resources: resource, principals: principal, clauses: grant.clauses };
        if (!isCoveredBy(atom, others)) left.push(atom);
      }
    }
  }
  return left;
}

function pieces({ patterns, negated }: PatternSet): readonly PatternSet[] {
  return negated
    ? [{ patterns, negated }]
    : patterns.map((pattern) => ({ patterns: [pattern], negated: false }));
}

/** Whether statements together hold all of a piece: along each axis, and by the values of a condition. */
export function isCoveredBy(atom: Atom, others: readonly Grant[], splits = MOST_SPLITS): boolean {
  const fitting = others.filter(
    (other) => setsMeet(atom.actions, other.actions) && impliesAll(atom.clauses, other.clauses),
  );
  if (fitting.length > 0) {
    for (const axis of ["actions", "resources", "principals"] as const) {
      const rest = (["actions", "resources", "principals"] as const).filter((one) => one !== axis);
      const along = fitting.filter((other) => rest.every((one) => isSetCovered(atom[one], [other[one]])));
      if (
        along.length > 0 &&
        isSetCovered(
          atom[axis],
          along.map((other) => other[axis]),
        )
      )
        return true;
    }
  }
  return splits > 0 && isCoveredBySplitting(atom, others, splits);
}

/** Values of a positive clause are alternatives: a piece with several is the union of pieces with one. */
function isCoveredBySplitting(atom: Atom, others: readonly Grant[], splits: number): boolean {
  const at = atom.clauses.findIndex(
    (clause) =>
      clause.values.length > 1 &&
      clause.values.length <= splits &&
      clause.parsed !== undefined &&
      !clause.parsed.negated &&
      clause.parsed.set === undefined &&
      others.some(({ clauses }) => clauses.some(({ key }) => key === clause.key)),
  );
  const clause = atom.clauses[at];
  if (clause === undefined) return false;
  return clause.values.every((value) => {
    const one: Clause = { ...clause, values: [value] };
    const clauses = atom.clauses.map((other, index) => (index === at ? one : other));
    return isCoveredBy({ ...atom, clauses }, others, Math.floor(splits / clause.values.length));
  });
}

/** For words: which conditions or resources make the difference. */
function nearest(atom: Atom, others: readonly Grant[]): Pick<Uncovered, "but" | "narrower"> {
  const holds = (other: Grant, names: readonly ("actions" | "resources" | "principals")[]) =>
    names.every((name) => isSetCovered(atom[name], [other[name]]));
  let but: Uncovered["but"];
  for (const grant of others) {
    if (!holds(grant, ["actions", "resources", "principals"])) continue;
    const clauses = grant.clauses.filter((clause) => !implies(atom.clauses, clause));
    if (but === undefined || clauses.length < but.clauses.length) but = { grant, clauses };
  }
  if (but !== undefined) return { but };
  const narrower = others.find((other) => holds(other, ["actions", "principals"]) && meets(atom, other));
  return narrower === undefined ? {} : { narrower };
}

function meets(atom: Atom, other: Grant): boolean {
  return setsMeet(atom.resources, other.resources) || atom.resources.patterns.includes("*");
}

/** Whether two pieces may have a request in common. Conditions are taken to meet. */
export function atomsMeet(left: Atom, right: Atom): boolean {
  return (
    setsMeet(left.actions, right.actions) &&
    setsMeet(left.resources, right.resources) &&
    setsMeet(left.principals, right.principals)
  );
}
