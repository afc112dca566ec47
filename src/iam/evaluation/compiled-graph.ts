import type { AccessGraph, OidcProvider, Role, User } from "../graph";
import { listOf } from "../policy-document";
import { actionMatches } from "./action-match";
import type { PrincipalIndex } from "./caller";
import { boundaryOf, effectivePolicies } from "./effective-policies";
import type { PolicyInForce } from "./policy-layer";

/** A principal with what questions about it need. */
export interface CompiledPrincipal {
  readonly identity: readonly PolicyInForce[];
  readonly boundary: PolicyInForce | undefined;
  /** Sessions of this role may be given tags, which then override the role's. */
  readonly mayTagSessions: boolean;
}

/**
 * A graph with its indexes: what `evaluate` works on. Documents are read when they are first asked, once for
 * all principals that share them. The graph must not change afterwards.
 *
 * @example
 * ```ts
 * import { accessGraph, type CompiledGraph, compileGraph } from "iam-baseline/iam";
 *
 * const compiled: CompiledGraph = compileGraph(accessGraph({ users: [{ name: "anna" }] }));
 * compiled.graph.users.length; // 1
 * ```
 */
export class CompiledGraph implements PrincipalIndex {
  readonly graph: AccessGraph;
  readonly #principals = new Map<string, (User | Role)[]>();
  readonly #providers = new Map<string, OidcProvider>();
  readonly #compiled = new WeakMap<User | Role, CompiledPrincipal>();

  constructor(graph: AccessGraph) {
    this.graph = graph;
    for (const principal of [...graph.users, ...graph.roles]) {
      this.#add(principal.arn, principal);
      if (principal.address !== "") this.#add(principal.address, principal);
      if (principal.kind === "role")
        this.#add(`assumed-role:${principal.accountId}:${principal.name}`, principal);
    }
    for (const provider of graph.oidcProviders) this.#providers.set(provider.arn, provider);
  }

  #add(key: string, principal: User | Role): void {
    const others = this.#principals.get(key);
    if (others === undefined) this.#principals.set(key, [principal]);
    else others.push(principal);
  }

  find(arnOrAddress: string): User | Role | number {
    const found = this.#principals.get(arnOrAddress) ?? [];
    const [only] = found;
    return found.length === 1 && only !== undefined ? only : found.length;
  }

  findProvider(arn: string): OidcProvider | undefined {
    return this.#providers.get(arn);
  }

  principal(principal: User | Role): CompiledPrincipal {
    let compiled = this.#compiled.get(principal);
    if (compiled === undefined) {
      compiled = {
        identity: effectivePolicies(principal),
        boundary: boundaryOf(principal),
        mayTagSessions: principal.kind === "role" && mayTagSessions(principal),
      };
      this.#compiled.set(principal, compiled);
    }
    return compiled;
  }
}

/** Tags need `sts:TagSession` in the trust policy. */
function mayTagSessions(role: Role): boolean {
  const { document } = role.trust;
  if ("unknown" in document) return true;
  return document.Statement.some(
    ({ Effect, Action }) =>
      Effect === "Allow" &&
      (Action === undefined || listOf(Action).some((pattern) => actionMatches(pattern, "sts:TagSession"))),
  );
}

const compiledGraphs = new WeakMap<AccessGraph, CompiledGraph>();

/**
 * Prepares a graph for many questions; the same graph is prepared once.
 *
 * @example
 * ```ts
 * import { accessGraph, compileGraph } from "iam-baseline/iam";
 *
 * const graph = accessGraph({ users: [{ name: "anna" }] });
 * compileGraph(graph) === compileGraph(graph); // true
 * ```
 */
export function compileGraph(graph: AccessGraph | CompiledGraph): CompiledGraph {
  if (graph instanceof CompiledGraph) return graph;
  let compiled = compiledGraphs.get(graph);
  if (compiled === undefined) {
    compiled = new CompiledGraph(graph);
    compiledGraphs.set(graph, compiled);
  }
  return compiled;
}
