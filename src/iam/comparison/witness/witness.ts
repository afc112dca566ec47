import { accessGraph } from "../../access-graph";
import type { Decision } from "../../decision";
import { type CompiledGraph, compileGraph, evaluate } from "../../evaluate";
import type { AccessRequest } from "../../request";
import { type AccessChange, accessChange, type Documents } from "../access-change";
import type { Clause } from "../clause";
import { atomsMeet, type Uncovered } from "../coverage";
import { type Grant, grantsOf } from "../grant";
import type { Atom } from "../remainder";
import { actionsOf, resourcesOf } from "./candidates";
import { type Circumstances, circumstancesOf, joined, requestOf } from "./circumstances";

/** A request that is answered otherwise before and after. */
export interface Witness {
  readonly request: AccessRequest;
  readonly before: Decision;
  readonly after: Decision;
}

/** Pieces that are looked at, and requests that are asked, before the search gives up. */
const MOST_PIECES = 200;
const MOST_REQUESTS = 30_000;
const MOST_CIRCUMSTANCES = 40;
const NAME = "example";
const VARIABLES = {
  "aws:username": NAME,
  "aws:principalaccount": "111122223333",
  "aws:principaltype": "User",
};

/**
 * A request of one user that the documents after allow and those before do not. Nothing where none is found: that says
 * neither that there is one nor that there is none.
 */
export function findWitness(
  before: Documents,
  after: Documents,
  change: AccessChange = accessChange(before, after),
): Witness | undefined {
  const pieces = [...change.gained, ...change.undenied, ...change.unbound];
  if (pieces.length === 0) return undefined;
  const search = new WitnessSearch(before, after);
  return search.among(pieces);
}

class WitnessSearch {
  private readonly sides: { readonly before: CompiledGraph; readonly after: CompiledGraph };
  private readonly grants: { readonly before: readonly Grant[]; readonly after: readonly Grant[] };
  private readonly keys: readonly string[];
  private readonly principal: string;
  private asked = 0;

  constructor(before: Documents, after: Documents) {
    this.sides = { before: graphOf(before), after: graphOf(after) };
    this.grants = { before: grantsIn(before), after: grantsIn(after) };
    const clauses = [...this.grants.before, ...this.grants.after].flatMap((grant) => grant.clauses);
    this.keys = [...new Set(clauses.map(({ key }) => key))];
    this.principal = this.sides.after.graph.users[0]?.arn ?? "";
  }

  among(pieces: readonly Uncovered[]): Witness | undefined {
    for (const atom of pieces.flatMap(({ atoms }) => atoms).slice(0, MOST_PIECES)) {
      const found = this.within(atom);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private within(atom: Atom): Witness | undefined {
    const circumstances = this.circumstances(atom);
    const grants = [...this.grants.before, ...this.grants.after];
    for (const action of actionsOf(atom)) {
      for (const resource of resourcesOf(action, atom, grants, VARIABLES)) {
        for (const carried of circumstances) {
          if (this.asked++ > MOST_REQUESTS) return undefined;
          const found = this.ask({ ...carried, principal: this.principal, action, resource });
          if (found !== undefined) return found;
        }
      }
    }
    return undefined;
  }

  private ask(request: AccessRequest): Witness | undefined {
    const after = evaluate(request, this.sides.after);
    if (after.effect !== "Allowed") return undefined;
    const before = evaluate(request, this.sides.before);
    return before.effect === "ImplicitlyDenied" || before.effect === "ExplicitlyDenied"
      ? { request, before, after }
      : undefined;
  }

  /** Circumstances in which a piece is allowed after, and where it can be arranged, not before. Plainest first. */
  private circumstances(atom: Atom): readonly ReturnType<typeof requestOf>[] {
    const near = (grant: Grant) => atomsMeet(atom, grant);
    const of = (grants: readonly Grant[], effect: "Allow" | "Deny") =>
      grants.filter((grant) => grant.effect === effect && near(grant));
    const allowed = of(this.grants.after, "Allow").flatMap(({ clauses }) => settings(clauses, true));
    const evaded = combined(of(this.grants.after, "Deny").map(({ clauses }) => eachFailing(clauses)));
    const refused = [
      new Map() as Circumstances,
      ...of(this.grants.before, "Allow").flatMap(({ clauses }) => eachFailing(clauses)),
      ...of(this.grants.before, "Deny").flatMap(({ clauses }) => settings(clauses, true)),
    ];
    const own = settings(atom.clauses, true);
    const all = [...own, ...allowed].flatMap((base) =>
      refused.flatMap((refusal) => evaded.flatMap((evasion) => merged([base, refusal, evasion]))),
    );
    const requests = new Map<string, ReturnType<typeof requestOf>>();
    for (const one of [...all, new Map() as Circumstances]) {
      const request = requestOf(one, this.keys);
      requests.set(JSON.stringify(request), request);
      if (requests.size >= MOST_CIRCUMSTANCES) break;
    }
    return [...requests.values()];
  }
}

function graphOf({ identity, boundary }: Documents): CompiledGraph {
  const bound = boundary === undefined ? {} : { permissionsBoundary: boundary };
  return compileGraph(accessGraph({ users: [{ name: NAME, policies: identity, ...bound }] }));
}

function grantsIn({ identity, boundary }: Documents): readonly Grant[] {
  return [...identity, ...(boundary === undefined ? [] : [boundary])].flatMap(grantsOf);
}

function settings(clauses: readonly Clause[], holds: boolean): readonly Circumstances[] {
  const found = circumstancesOf(clauses, holds);
  return found === undefined ? [] : [found];
}

/** For each clause, circumstances in which it fails: by another value, or by none. */
function eachFailing(clauses: readonly Clause[]): readonly Circumstances[] {
  return clauses.flatMap((clause) => [
    ...settings([clause], false),
    new Map([[clause.key, "absent" as const]]),
  ]);
}

/** One choice for each statement, together; the first few. */
function combined(choices: readonly (readonly Circumstances[])[]): readonly Circumstances[] {
  let all: readonly Circumstances[] = [new Map()];
  for (const options of choices) {
    if (options.length === 0) continue;
    const next = all.flatMap((one) => options.flatMap((option) => merged([one, option])));
    all = next.length === 0 ? all : next.slice(0, MOST_CIRCUMSTANCES);
  }
  return all;
}

function merged(parts: readonly Circumstances[]): readonly Circumstances[] {
  let all: Circumstances | undefined = new Map();
  for (const part of parts) all = all === undefined ? undefined : joined(all, part);
  return all === undefined ? [] : [all];
}
