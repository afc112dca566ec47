import { action, expandActions } from "../iam/actions";
import { type AttachedPolicy, UNKNOWN_PART } from "../iam/graph";
import { listOf, type PolicyDocument, type Statement } from "../iam/policy-document";
import { type CapabilityId, capabilityOf, type Probe, type ProbedPrincipal } from "./capabilities";

/** A request that a principal's own policies seem to be written for. Whether it is allowed, the evaluator says. */
export interface OwnPermission extends Probe {
  readonly capability: CapabilityId;
  /** As the policy writes it: `s3:PutObject on arn:aws:s3:::bucket/*`. */
  readonly written: string;
  /** Others of the same statement and capability stand for this one: it is asked only where they are refused. */
  readonly isSpare: boolean;
}

/** Actions of one capability that stand for a statement: more where they are written one by one. */
const KEPT = { written: 12, expanded: 3 } as const;

/**
 * Requests to ask about a principal, taken from the Allow statements of its policies: every action that is written,
 * or for patterns some of each capability, on every resource that is written. Policies only suggest the questions:
 * Denies, boundaries and conditions are the evaluator's business.
 */
export function ownPermissions(
  policies: readonly Pick<AttachedPolicy, "document">[],
  principal: ProbedPrincipal,
): readonly OwnPermission[] {
  const found = new Map<string, OwnPermission>();
  for (const { document } of policies) {
    if ("unknown" in document) continue;
    for (const permission of ofDocument(document, principal)) {
      const { action: name, resource, context } = permission;
      const key = `${name} ${resource} ${context === undefined ? "" : JSON.stringify(context)}`;
      if (found.get(key)?.isSpare !== false) found.set(key, permission);
    }
  }
  return [...found.values()];
}

/** Of roles of one account a document always suggests the same: AWS managed policies hold hundreds of actions. */
const ofRoles = new WeakMap<PolicyDocument, Map<string, readonly OwnPermission[]>>();

function ofDocument(document: PolicyDocument, principal: ProbedPrincipal): readonly OwnPermission[] {
  const known = principal.kind === "role" ? ofRoles.get(document)?.get(principal.accountId) : undefined;
  if (known !== undefined) return known;
  const permissions = document.Statement.filter(({ Effect }) => Effect === "Allow").flatMap((statement) =>
    ofStatement(statement, principal),
  );
  if (principal.kind === "role") {
    const byAccount = ofRoles.get(document) ?? new Map<string, readonly OwnPermission[]>();
    ofRoles.set(document, byAccount.set(principal.accountId, permissions));
  }
  return permissions;
}

function ofStatement(statement: Statement, principal: ProbedPrincipal): readonly OwnPermission[] {
  const patterns = listOf(statement.Action);
  const context = chosenByCaller(statement);
  const resources = statement.Resource === undefined ? ["*"] : listOf(statement.Resource);
  return resources.flatMap((resource) => {
    const kept = new Map<CapabilityId, number>();
    return patterns.flatMap((pattern) =>
      actionsOf(pattern).flatMap((name): OwnPermission[] => {
        const probe = { action: name, resource: concreteResource(resource, name, principal), ...context };
        const capability = capabilityOf(probe, principal);
        if (capability === undefined) return [];
        const count = kept.get(capability) ?? 0;
        kept.set(capability, count + 1);
        const isSpare = count >= (/[*?]/.test(pattern) ? KEPT.expanded : KEPT.written);
        return [{ ...probe, capability, written: `${pattern} on ${resource}`, isSpare }];
      }),
    );
  });
}

/** Tags that a request gives are the caller's choice: it chooses what the statement asks for. */
function chosenByCaller({ Condition = {} }: Statement): Pick<Probe, "context"> {
  const chosen = Object.entries(Condition)
    .filter(([operator]) => operator.toLowerCase() !== "null")
    .flatMap(([, block]) => Object.entries(block))
    .filter(([key]) => /^aws:(tagkeys$|requesttag\/)/i.test(key))
    .map(
      ([key, values]) =>
        [
          key,
          listOf(values)
            .slice(0, 1)
            .map((value) => value.replace(/[*?]/g, "x")),
        ] as const,
    );
  return chosen.length === 0 ? {} : { context: Object.fromEntries(chosen) };
}

/** An action that the list does not have may exist all the same. */
function actionsOf(pattern: string): readonly string[] {
  if (pattern.includes(UNKNOWN_PART) || pattern === "*") return [];
  const known = expandActions(pattern);
  return known.length === 0 && !/[*?]/.test(pattern) ? [pattern] : known;
}

/** A resource that a pattern of an Allow matches; for `*` one that no policy names. */
export function concreteResource(
  pattern: string,
  name: string,
  { name: user, accountId, partition }: ProbedPrincipal,
): string {
  if (pattern === "*") {
    // the plainest of its resource types: an object rather than the object of an access point
    const [resource] = [...(action(name)?.resources ?? [])].sort(
      (left, right) => left.arn.length - right.arn.length,
    );
    if (resource === undefined) return "*";
    return resource.arn
      .replace("${Partition}", partition)
      .replace("${Account}", accountId)
      .replace("${Region}", "us-east-1")
      .replace(/\$\{[^}]*\}/g, "unlisted-example");
  }
  return pattern
    .replace(/\$\{aws:username\}/gi, () => user)
    .replace(/\$\{([*?$])\}/g, (_whole, character: string) => character)
    .replaceAll("*", "example")
    .replaceAll("?", "x");
}
