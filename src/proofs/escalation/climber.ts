import type { Decision } from "../../iam/decision";
import type { PolicyInForce } from "../../iam/evaluate";
import { compileDocument } from "../../iam/evaluation/statement-match";
import type { Role, User } from "../../iam/graph";
import { listOf } from "../../iam/policy-document";
import type { AccessRequest, Credentials, Network } from "../../iam/request";
import { instancesOf } from "../world/resource-samples";
import { isPossible, type World } from "../world/world";

export interface ClimberParts {
  readonly principal: User | Role;
  readonly policies: readonly PolicyInForce[];
  readonly credentials: Credentials;
  readonly network: Network;
  readonly environment: string;
  /** ARNs of the principals that it stands for, itself included. */
  readonly alike: readonly string[];
  /** A declared device or break-glass user: what it does to others and which roles it assumes are proofs of their own. */
  readonly isPerson: boolean;
}

/** An answer with its question. */
export interface Answer {
  readonly request: AccessRequest;
  readonly decision: Decision;
}

/** A principal that tries the methods. */
export class Climber {
  readonly principal: User | Role;
  readonly environment: string;
  readonly alike: readonly string[];
  readonly isPerson: boolean;
  private readonly granted = new Map<string, boolean>();

  constructor(
    readonly world: World,
    private readonly parts: ClimberParts,
  ) {
    this.principal = parts.principal;
    this.environment = parts.environment;
    this.alike = parts.alike;
    this.isPerson = parts.isPerson;
  }

  get policies(): readonly PolicyInForce[] {
    return this.parts.policies;
  }

  /** Whether any Allow covers the action, on whatever resource. Cheap: most principals fail most methods here. */
  isGranted(action: string): boolean {
    const known = this.granted.get(action);
    if (known !== undefined) return known;
    // a role that names this one in its trust needs no Allow here
    const granted = action === "sts:AssumeRole" || this.allowing(action.toLowerCase()) !== undefined;
    this.granted.set(action, granted);
    return granted;
  }

  /** Resource patterns of the Allows that cover an action; `*` for a document that is not known. */
  private allowing(action: string): readonly string[] | undefined {
    const patterns: string[] = [];
    for (const { policy } of this.parts.policies) {
      if ("unknown" in policy.document) {
        patterns.push("*");
        continue;
      }
      for (const { statement, actions } of compileDocument(policy.document)) {
        if (statement.Effect !== "Allow" || actions.set.covers(action) === actions.negated) continue;
        patterns.push(...(statement.Resource === undefined ? ["*"] : listOf(statement.Resource)));
      }
    }
    return patterns.length === 0 ? undefined : patterns;
  }

  /** The answer for one resource, if it is or may be allowed. */
  on(action: string, resource: string, context: AccessRequest["context"] = {}): Answer | undefined {
    const { principal, credentials, network } = this.parts;
    const request = { principal: principal.arn, credentials, network, action, resource, context };
    const decision = this.world.ask(request);
    return isPossible(decision) ? { request, decision } : undefined;
  }

  /** The answer for the first of some resources that the policies name. */
  somewhere(action: string, takes: (resource: string) => boolean = () => true): Answer | undefined {
    for (const resource of this.resourcesOf(action).filter(takes)) {
      const answer = this.on(action, resource);
      if (answer !== undefined) return answer;
    }
    return undefined;
  }

  /** Resources that the Allows of an action name, their wildcards filled in. */
  resourcesOf(action: string): readonly string[] {
    return (this.allowing(action.toLowerCase()) ?? []).flatMap((pattern) =>
      instancesOf(pattern, this.principal),
    );
  }
}
