import { environmentFile } from "../../environment/source-file";
import type { Decision } from "../../iam/decision";
import { type CompiledGraph, compileGraph, evaluate } from "../../iam/evaluate";
import { callerOf } from "../../iam/evaluation/caller";
import { identitySide } from "../../iam/evaluation/identity-side";
import { requestContext } from "../../iam/evaluation/request-context";
import { type AccessGraph, type Role, UNKNOWN_PART, type User } from "../../iam/graph";
import { policyDocument } from "../../iam/policy-document";
import type { AccessRequest } from "../../iam/request";
import type { Expectation, ExpectedGroup, ExpectedRole, ExpectedUser } from "./expectation";
import type { BrokenProof, Counterexample } from "./proof";

/** An expected thing with the environment that expects it. */
export interface Of<T> {
  readonly expected: T;
  readonly expectation: Expectation;
}

/** The accounts and what is expected of them, with every question that a proof asks. */
export class World {
  readonly graph: AccessGraph;
  readonly compiled: CompiledGraph;
  readonly users: ReadonlyMap<string, Of<ExpectedUser>>;
  readonly groups: ReadonlyMap<string, Of<ExpectedGroup>>;
  readonly #roles: ReadonlyMap<string, Of<ExpectedRole>>;
  /** Roles whose names end at random: by what comes before. */
  readonly #rolesByStart: readonly (readonly [start: string, role: Of<ExpectedRole>])[];
  #unguarded: CompiledGraph | undefined;
  questions = 0;

  constructor(
    graph: AccessGraph,
    readonly expectations: readonly Expectation[],
  ) {
    this.graph = graph;
    this.compiled = compileGraph(graph);
    this.users = byArn(expectations, ({ users }) => users);
    this.groups = byArn(expectations, ({ groups }) => groups);
    this.#roles = byArn(expectations, ({ roles }) => roles);
    this.#rolesByStart = [...this.#roles].flatMap(([arn, role]) =>
      arn.endsWith(UNKNOWN_PART) ? [[arn.slice(0, -UNKNOWN_PART.length), role] as const] : [],
    );
  }

  /** The declaration of a role, also where its random suffix is known by now. */
  role({ arn }: Pick<Role, "arn">): Of<ExpectedRole> | undefined {
    const exact = this.#roles.get(arn);
    if (exact !== undefined) return exact;
    return this.#rolesByStart.find(
      ([start]) => arn.startsWith(start) && /^[a-z0-9]{1,16}$/.test(arn.slice(start.length)),
    )?.[1];
  }

  get expectedRoles(): readonly Of<ExpectedRole>[] {
    return [...this.#roles.values()];
  }

  /** Whose principal this is: by account and path, else by account. Nothing for an account nobody describes. */
  expectationFor(principal: Pick<User | Role, "accountId" | "path">): Expectation | undefined {
    const own = this.expectations.filter(({ accountId }) => accountId === principal.accountId);
    return own.find(({ root }) => principal.path.startsWith(root)) ?? own[0];
  }

  ask(request: AccessRequest): Decision {
    this.questions++;
    return evaluate(request, this.compiled);
  }

  /**
   * What roles' trust policies say by themselves: to users whose own policies allow everything and deny nothing. A
   * trust must hold also on the day when a guard is gone, and the guard on the day when a trust is wrong.
   */
  askTrust(request: AccessRequest): Decision {
    this.questions++;
    this.#unguarded ??= compileGraph({ ...this.graph, users: this.graph.users.map(unguarded) });
    return evaluate(request, this.#unguarded);
  }

  /** Whether the caller's own policies allow it, whatever a role's trust policy says. */
  ownPoliciesAllow(request: AccessRequest): boolean {
    this.questions++;
    const caller = callerOf(request, this.compiled);
    const context = requestContext({ request, caller, mayTagSessions: false });
    const question = { action: request.action.toLowerCase(), resource: request.resource, caller, context };
    const { allow, deny } = identitySide(caller, question, this.compiled);
    return allow !== false && deny !== true;
  }
}

const EVERYTHING: User["policies"] = [
  {
    kind: "inline",
    name: "everything",
    address: "",
    attachedBy: "",
    document: policyDocument({ Effect: "Allow", Action: "*", Resource: "*" }),
  },
];

function unguarded(user: User): User {
  const { permissionsBoundary: _, ...rest } = user;
  return { ...rest, groups: [], policies: EVERYTHING };
}

/** Allowed, or not known to be denied: a proof that something is impossible takes neither. */
export function isPossible({ effect }: Decision): boolean {
  return effect === "Allowed" || effect === "Unknown";
}

/** A broken proof from the answer that breaks it. */
export function broken(
  parts: Omit<BrokenProof, "unknowns" | "counterexample">,
  request?: AccessRequest,
  decision?: Decision,
): BrokenProof {
  if (request === undefined || decision === undefined) return { ...parts, unknowns: [] };
  const counterexample: Counterexample = {
    request,
    effect: decision.effect,
    because: decision.because,
    through: decision.statements,
  };
  return { ...parts, counterexample, unknowns: decision.effect === "Unknown" ? decision.unknowns : [] };
}

/** `environments/prod.ts: devices.laptop` */
export function placeIn(expectation: Expectation, declaredAt: string): string {
  return `${environmentFile(expectation.environment)}: ${declaredAt}`;
}

function byArn<T extends { readonly arn: string }>(
  expectations: readonly Expectation[],
  of: (expectation: Expectation) => readonly T[],
): ReadonlyMap<string, Of<T>> {
  return new Map(
    expectations.flatMap((expectation) =>
      of(expectation).map((expected) => [expected.arn, { expected, expectation }] as const),
    ),
  );
}
