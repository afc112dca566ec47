/**
 * IAM as a library: who may do what, which statement decides, and what a change of a policy means. It knows no
 * environment, no Terraform and no AWS account; `accessGraph` writes an account by hand, and the readers of stacks,
 * plans, states and inventories are in `iam-baseline`.
 */

// accounts, written by hand
export {
  accessGraph,
  type GivenAccount,
  type GivenPolicy,
  type GivenPrincipal,
  type GivenRole,
  type GivenUser,
} from "./access-graph";
// what AWS has: actions, condition keys, managed policies
export {
  type Action,
  type ActionResource,
  accessLevel,
  action,
  actionsOfService,
  expandActions,
  isKnownAction,
  servicePrefixes,
} from "./actions";
// what a change means
export { type AccessChange, accessChange, type Documents, isUnchanged } from "./comparison/access-change";
export {
  type Counterexample,
  equivalent,
  equivalentCounterexample,
  implies,
  impliesCounterexample,
  type Policies,
} from "./comparison/containment";
export type { Uncovered } from "./comparison/coverage";
// questions and answers
export type { DecidingStatement, Decision, Effect } from "./decision";
export { actionMatches, type CompiledGraph, compileGraph, evaluate, type Ternary } from "./evaluate";
export {
  type AccessGraph,
  type AttachedPolicy,
  type Group,
  type Policy,
  type Role,
  UNKNOWN_PART,
  type Unknown,
  type User,
} from "./graph";
export { isManagedPolicyArn, managedPolicy, managedPolicyNames } from "./managed-policies";
export type { ConditionKey } from "./names/condition-key";
export { conditionKey, conditionKeysOfAction } from "./names/condition-keys";
// documents
export { listOf, type PolicyDocument, policyDocument, type Statement } from "./policy-document";
export { type ParsedPolicy, parsePolicyDocument } from "./policy-syntax";
export { RefusedDocumentsError, refusedDocuments, requireAcceptedDocuments } from "./refused-documents";
export type { AccessRequest, Credentials, Network } from "./request";
