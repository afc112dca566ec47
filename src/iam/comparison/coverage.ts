import { type Clause, clauseText } from "./clause";
import { isSatisfiable } from "./contradiction";
import type { Grant } from "./grant";
import { implies } from "./implication";
import { isSetCovered, setsMeet } from "./pattern-sets";
import { type Atom, remainder } from "./remainder";
import { countedSteps, spend } from "./step-count";

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

/** Steps that the search for the nearest statements of one may take: pieces behind it are told with the first. */
const MOST_NEAREST_STEPS = 20_000;

/**
 * The pieces of `grants` that no statement of `others` covers: what may be so now and was not before. Sound: a piece
 * that is not told is certainly covered. All of them have one effect.
 *
 * @param beside statements of the other effect that take away what they cover
 */
export function uncovered(
  grants: readonly Grant[],
  others: readonly Grant[],
  beside: readonly Grant[] = [],
): readonly Uncovered[] {
  const keys = new Set(others.map(({ key }) => key));
  const covers = [...others, ...beside];
  const result: Uncovered[] = [];
  const done = new Set<string>();
  const sids = new Set(grants.map(sidOf));
  for (const grant of grants) {
    if (keys.has(grant.key) || done.has(grant.key)) continue;
    done.add(grant.key);
    if (!isSatisfiable(grant.clauses)) continue;
    const atoms = remainder(grant, covers);
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
  let first: (Uncovered & { readonly atoms: Atom[] }) | undefined;
  let steps = 0;
  for (const atom of atoms) {
    if (steps > MOST_NEAREST_STEPS && first !== undefined) {
      first.atoms.push(atom);
      continue;
    }
    let near: ReturnType<typeof nearest> = {};
    steps += countedSteps(() => {
      near = nearest(atom, others);
    });
    const key = JSON.stringify([near.but?.grant.key, near.but?.clauses.map(clauseText), near.narrower?.key]);
    const group = groups.get(key) ?? { grant, atoms: [], ...near };
    group.atoms.push(atom);
    groups.set(key, group);
    first ??= group;
  }
  return [...groups.values()];
}

/** For words: which conditions or resources make the difference. */
function nearest(atom: Atom, others: readonly Grant[]): Pick<Uncovered, "but" | "narrower"> {
  const holds = (other: Grant, names: readonly ("actions" | "resources" | "principals")[]) =>
    names.every((name) => isSetCovered(atom[name], [other[name]]));
  spend(4 * others.length);
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

/** Whether two pieces may have a request in common: none where their conditions contradict each other. */
export function atomsMeet(left: Atom, right: Atom): boolean {
  return (
    setsMeet(left.actions, right.actions) &&
    setsMeet(left.resources, right.resources) &&
    setsMeet(left.principals, right.principals) &&
    isSatisfiable([...left.clauses, ...right.clauses])
  );
}
