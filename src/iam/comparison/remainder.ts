import type { Clause } from "./clause";
import type { Grant } from "./grant";
import { impliesAll } from "./implication";
import { intersectionOf, isCovered, isSetCovered, type PatternSet } from "./pattern-sets";
import { isExhausted, spend } from "./step-count";

/** The smallest piece that is compared: one action pattern (or a complement), one resource, one principal, all conditions. */
export interface Atom {
  readonly actions: PatternSet;
  readonly resources: PatternSet;
  readonly principals: PatternSet;
  readonly clauses: readonly Clause[];
}

const AXES = ["actions", "resources", "principals"] as const;
type Axis = (typeof AXES)[number];

/** Variants of a piece, one for each value of its conditions, that are looked at. */
const MOST_VARIANTS = 64;
/** Combinations of equal pieces that are looked at; beyond it what is left is told as one piece. */
const MOST_COMBINATIONS = 20_000;
/** Pieces that are told one by one. */
const MOST_ATOMS = 2_000;

/**
 * What of a piece no statement covers. Sound: what is not among it is certainly covered, by one statement or by several
 * together along one axis. A complement that another complement covers but for some patterns leaves these patterns.
 */
export function remainder(atom: Atom, others: readonly Grant[]): readonly Atom[] {
  const left = new Remainder(atom, others, atom.clauses).atoms();
  if (left.length === 0) return left;
  const variants = valueVariants(atom.clauses, others);
  if (variants.length < 2) return left;
  // values of a positive clause are alternatives: a piece with several is the union of pieces with one
  const parts = variants.map((clauses) => new Remainder({ ...atom, clauses }, others, atom.clauses).atoms());
  const all = new Map(parts.flat().map((part) => [keyOf(part), part]));
  return [...all.values()];
}

export function isCoveredBy(atom: Atom, others: readonly Grant[]): boolean {
  return remainder(atom, others).length === 0;
}

function keyOf({ actions, resources, principals }: Atom): string {
  return JSON.stringify([actions, resources, principals]);
}

/** Clauses with one value each, where other statements hold the same key to values. */
function valueVariants(clauses: readonly Clause[], others: readonly Grant[]): readonly (readonly Clause[])[] {
  if (clauses.every(({ values }) => values.length < 2)) return [clauses];
  const keys = new Set(others.flatMap((other) => other.clauses.map(({ key }) => key)));
  let variants: readonly (readonly Clause[])[] = [[]];
  for (const clause of clauses) {
    const { parsed, values, key } = clause;
    const isSplit =
      values.length > 1 &&
      values.length * variants.length <= MOST_VARIANTS &&
      parsed !== undefined &&
      !parsed.negated &&
      parsed.set === undefined &&
      keys.has(key);
    const choices = isSplit ? values.map((value) => ({ ...clause, values: [value] })) : [clause];
    variants = variants.flatMap((variant) => choices.map((choice) => [...variant, choice]));
  }
  return variants;
}

/** Pieces of one axis that the same statements cover, each alone. */
interface PieceGroup {
  readonly pieces: readonly PatternSet[];
  /** Of the statements that cover them, by position. */
  readonly by: ReadonlySet<number>;
}

class Remainder {
  private readonly fitting: readonly Grant[];
  private readonly unions = new Map<string, boolean>();

  constructor(
    private readonly atom: Atom,
    others: readonly Grant[],
    private readonly shownClauses: readonly Clause[],
  ) {
    spend(4 * others.length);
    this.fitting = others.filter((other) => impliesAll(atom.clauses, other.clauses));
  }

  atoms(): readonly Atom[] {
    if (!this.isTouched()) return this.whole();
    const [actions, resources, principals] = AXES.map((axis) => this.groups(axis)) as [
      readonly PieceGroup[],
      readonly PieceGroup[],
      readonly PieceGroup[],
    ];
    const combinations = actions.length * resources.length * principals.length;
    if (combinations > MOST_COMBINATIONS || isExhausted()) return [this.asAtom(this.atom)];
    spend(combinations * Math.ceil(this.fitting.length / 8));
    const left: Atom[] = [];
    for (const action of actions) {
      for (const resource of resources) {
        for (const principal of principals) left.push(...this.combination(action, resource, principal));
      }
    }
    return left;
  }

  /** Whether some statement covers a piece of one axis whole and something of another: all that can leave less. */
  private isTouched(): boolean {
    const { actions, resources, principals } = this.atom;
    const isSingle = [actions, resources, principals].every(
      ({ negated, patterns }) => !negated && patterns.length === 1,
    );
    if (!isSingle) return this.fitting.length > 0;
    return this.fitting.some((other) => {
      const isPrincipal = isSetCovered(principals, [other.principals]);
      const isAction = isSetCovered(actions, [other.actions]);
      if (!isPrincipal && !isAction) return false;
      return (isPrincipal && isAction) || isSetCovered(resources, [other.resources]);
    });
  }

  private asAtom({ actions, resources, principals }: Omit<Atom, "clauses">): Atom {
    return { actions, resources, principals, clauses: this.shownClauses };
  }

  private whole(): readonly Atom[] {
    const { actions, resources, principals } = this.atom;
    return this.product(pieces(actions), pieces(resources), pieces(principals));
  }

  private product(
    actions: readonly PatternSet[],
    resources: readonly PatternSet[],
    principals: readonly PatternSet[],
  ): readonly Atom[] {
    if (actions.length * resources.length * principals.length > MOST_ATOMS) {
      return merged(actions).flatMap((action) =>
        merged(resources).flatMap((resource) =>
          merged(principals).map((principal) =>
            this.asAtom({ actions: action, resources: resource, principals: principal }),
          ),
        ),
      );
    }
    return principals.flatMap((principal) =>
      actions.flatMap((action) =>
        resources.map((resource) =>
          this.asAtom({ actions: action, resources: resource, principals: principal }),
        ),
      ),
    );
  }

  private groups(axis: Axis): readonly PieceGroup[] {
    spend(2 * this.fitting.length);
    const groups = new Map<string, { pieces: PatternSet[]; by: Set<number> }>();
    for (const piece of pieces(this.atom[axis])) {
      const by: number[] = [];
      this.fitting.forEach((other, index) => {
        if (isSetCovered(piece, [other[axis]])) by.push(index);
      });
      const key = by.join(",");
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { pieces: [piece], by: new Set(by) });
      else group.pieces.push(piece);
    }
    return [...groups.values()];
  }

  private combination(action: PieceGroup, resource: PieceGroup, principal: PieceGroup): readonly Atom[] {
    const actions = this.left("actions", action, common(resource.by, principal.by));
    if (actions.length === 0) return [];
    const resources = this.left("resources", resource, common(action.by, principal.by));
    if (resources.length === 0) return [];
    const principals = this.left("principals", principal, common(action.by, resource.by));
    return principals.length === 0 ? [] : this.product(actions, resources, principals);
  }

  /** Pieces of one axis that statements, which cover the two other axes, do not cover together. */
  private left(axis: Axis, { pieces: all, by }: PieceGroup, along: readonly number[]): readonly PatternSet[] {
    if (along.some((index) => by.has(index))) return [];
    if (along.length === 0) return all;
    const covers = along.map((index) => (this.fitting[index] as Grant)[axis]);
    const key = `${axis}|${along.join(",")}`;
    return all.flatMap((piece) => {
      const own = `${key}|${piece.negated ? "!" : ""}${piece.patterns.join("\n")}`;
      let isWhole = this.unions.get(own);
      if (isWhole === undefined) {
        isWhole = isSetCovered(piece, covers);
        this.unions.set(own, isWhole);
      }
      return isWhole ? [] : (spared(piece, covers) ?? [piece]);
    });
  }
}

/** What is left of nearly everything where complements cover it but for some patterns: these patterns. */
function spared(piece: PatternSet, covers: readonly PatternSet[]): readonly PatternSet[] | undefined {
  const own = piece.negated ? piece.patterns : piece.patterns.includes("*") ? [] : undefined;
  const complements = covers.filter(({ negated }) => negated);
  if (own === undefined || complements.length === 0) return undefined;
  const positive = covers.filter(({ negated }) => !negated).flatMap(({ patterns }) => patterns);
  const left = intersectionOf(complements.map(({ patterns }) => patterns)).filter(
    (pattern) => !isCovered(pattern, [...own, ...positive]),
  );
  return left.length === 0 ? undefined : left.map((pattern) => ({ patterns: [pattern], negated: false }));
}

function pieces({ patterns, negated }: PatternSet): readonly PatternSet[] {
  return negated
    ? [{ patterns, negated }]
    : patterns.map((pattern) => ({ patterns: [pattern], negated: false }));
}

/** Positive pieces as one; complements stay apart. */
function merged(all: readonly PatternSet[]): readonly PatternSet[] {
  const patterns = all.filter(({ negated }) => !negated).flatMap((piece) => piece.patterns);
  return [
    ...all.filter(({ negated }) => negated),
    ...(patterns.length > 0 ? [{ patterns, negated: false }] : []),
  ];
}

function common(left: ReadonlySet<number>, right: ReadonlySet<number>): readonly number[] {
  return [...left].filter((index) => right.has(index));
}
