import { effectivePolicies } from "../iam/evaluate";
import type { AccessGraph, Role, User } from "../iam/graph";
import { type Escalation, escalationsOf } from "../proofs/escalation/escalations-of";
import type { principalsOf } from "./compare-access";
import type { PrincipalIndex } from "./principal-match";

/** How a principal has administrator rights, or comes to them. */
export interface WayUp {
  readonly isHolder: boolean;
  /** `iam:PassRole+lambda:CreateFunction+lambda:InvokeFunction`; nothing for who holds the rights. */
  readonly method?: string;
  readonly title?: string;
  /** Whether every step is certain. */
  readonly isCertain: boolean;
  /** Nothing speaks for it but policies whose documents are not known. */
  readonly isUnread?: boolean;
}

/**
 * Ways up of the principals that nobody declares, on the live account: by ARN. What declared principals may is proven
 * before every deployment, and told where somebody changed it.
 */
export function waysUp(
  actual: AccessGraph,
  declared: PrincipalIndex<ReturnType<typeof principalsOf>[number]>,
): ReadonlyMap<string, WayUp> {
  const isDeclared = (principal: User | Role) => declared.find(principal) !== undefined;
  const own = [...actual.users, ...actual.roles].filter(isDeclared).map(({ arn }) => arn);
  const { administrators, escalations } = escalationsOf(actual, { trusted: new Set(own) });
  const found = new Map<string, WayUp>();
  for (const escalation of escalations) {
    for (const arn of escalation.alike)
      if (isBetter(escalation, found.get(arn))) found.set(arn, wayOf(escalation));
  }
  for (const { principal, certain } of administrators) {
    found.set(principal, { isHolder: true, isCertain: certain });
  }
  for (const principal of [...actual.users, ...actual.roles]) {
    const way = found.get(principal.arn);
    if (way?.isCertain === false && hasUnread(principal))
      found.set(principal.arn, { ...way, isUnread: true });
  }
  return found;
}

/** Whether a principal carries a policy that nobody could read: to the search it may allow everything. */
function hasUnread(principal: User | Role): boolean {
  return effectivePolicies(principal).some(({ policy: { document } }) => "unknown" in document);
}

function wayOf({ method, title, certain }: Escalation): WayUp {
  return { isHolder: false, method, title, isCertain: certain };
}

function isBetter(escalation: Escalation, present: WayUp | undefined): boolean {
  return present === undefined || (escalation.certain && !present.isCertain);
}

/** Whether administrator rights are held or reached, as far as what is read tells. */
export function isWayUp(way: WayUp | undefined): boolean {
  return way !== undefined && way.isUnread !== true;
}

/** Whether what its own policies say is the whole of it. */
export function isHolder(way: WayUp | undefined): boolean {
  return way?.isHolder === true && way.isUnread !== true;
}

/** `it has administrator rights`, `it comes to administrator rights by ...`; nothing where it does not. */
export function wayUpText(way: WayUp | undefined): string | undefined {
  if (way === undefined) return undefined;
  if (way.isUnread === true) return "whether it comes to administrator rights is not known";
  if (way.isHolder) return "it has administrator rights";
  return `it ${way.isCertain ? "comes" : "may come"} to administrator rights by ${way.method}: ${way.title}`;
}
