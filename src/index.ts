/**
 * The public API: environments as data, the stacks and constructs that they become, and the access model, which is
 * usable on its own.
 */

// constructs
export { AccountAlias, type AccountAliasProps } from "./constructs/account-alias";
export { AccountPasswordPolicy, type AccountPasswordPolicyProps } from "./constructs/account-password-policy";
export { Alarm, type AlarmProps } from "./constructs/alarm";
export { AssumableRole, type AssumableRoleProps } from "./constructs/assumable-role";
export { BreakGlassUser, type BreakGlassUserProps } from "./constructs/break-glass-user";
export { DeviceUser, type DeviceUserProps } from "./constructs/device-user";
export { FailureQueue, type FailureQueueProps } from "./constructs/failure-queue";
export type { FunctionPlace } from "./constructs/function-parts";
export { GithubOidcProvider, type GithubOidcProviderProps } from "./constructs/github-oidc-provider";
export { ManagedPolicy, type ManagedPolicyProps } from "./constructs/managed-policy";
export { NotificationTopic, type NotificationTopicProps } from "./constructs/notification-topic";
export { OidcProvider, type OidcProviderProps } from "./constructs/oidc-provider";
export { PasswordlessUser, type PasswordlessUserProps } from "./constructs/passwordless-user";
export { PermissionGroup, type PermissionGroupProps } from "./constructs/permission-group";
export { RepositoryUser, type RepositoryUserProps } from "./constructs/repository-user";
export { RoleSuffix, type RoleSuffixProps } from "./constructs/role-suffix";
export { SamlProvider, type SamlProviderProps } from "./constructs/saml-provider";
export { ScheduledFunction, type ScheduledFunctionProps } from "./constructs/scheduled-function";
export { StateBucket, type StateBucketProps } from "./constructs/state-bucket";
export { local, s3 } from "./environment/backend";
export { defineEnvironment, type Environment, type EnvironmentInput } from "./environment/environment";
export { repositoryUserName } from "./environment/iam-names";
// environments
export { allow, deny } from "./environment/policy-statement";
export {
  adminRole,
  dailyRole,
  keyRecoveryRole,
  planRole,
  type UploadTarget,
} from "./environment/role-presets";
export { dailyAt, type Schedule } from "./environment/schedule";
export { formatRefusal, Refusal, type RefusalCode } from "./findings/refusal";
export { formatViolation, type Violation } from "./findings/violation";
// the access model
export type { Decision } from "./iam/decision";
export { type CompiledGraph, compileGraph, evaluate } from "./iam/evaluate";
export type { AccessGraph } from "./iam/graph";
export { type PolicyDocument, policyDocument, type Statement } from "./iam/policy-document";
export { parsePolicyDocument } from "./iam/policy-syntax";
export { RefusedDocumentsError, refusedDocuments } from "./iam/refused-documents";
export type { AccessRequest, Credentials, Network } from "./iam/request";
export { oidcTrustStatement, samlTrustStatement } from "./policies/federated-trust";
export { type GithubTrustSettings, githubTrustStatement } from "./policies/github-trust";
// policy documents
export { ALLOWED_WITHOUT_MFA, type GuardSettings, guardDocument } from "./policies/guard";
export { type HumanTrustSettings, humanTrustDocument, humanTrustStatements } from "./policies/human-trust";
export { type SelfServiceSettings, selfServiceDocument } from "./policies/self-service";
export { type ServiceTrustSettings, serviceTrustStatement } from "./policies/service-trust";
export { BrokenProofsError } from "./proofs/broken-proofs-error";
export {
  type AdministratorHolder,
  type Escalation,
  type EscalationSettings,
  type EscalationStep,
  type Escalations,
  escalationsOf,
  type UnknownRoles,
} from "./proofs/escalation/escalations-of";
export { prove } from "./proofs/prove";
export { proveStacks, requireProofs } from "./proofs/prove-stacks";
export { InvalidEnvironmentsError, validateBaseline } from "./proofs/validate-baseline";
export type { Expectation } from "./proofs/world/expectation";
export { expectationsOf } from "./proofs/world/expectation-of";
export type { BrokenProof, ProofReport } from "./proofs/world/proof";
export type { AccessReport } from "./report/access-report";
export { accessReport } from "./report/build-report";
export { formatAccessJson } from "./report/format/json";
export { formatAccessMarkdown } from "./report/format/markdown";
export { formatAccessMermaid } from "./report/format/mermaid";
export { formatAccessSvg } from "./report/format/svg";
export { formatAccessTable } from "./report/format/table";
export { answerQuestion } from "./report/question";
export type { Question, QuestionAnswers } from "./report/question-answers";
export type { ReportInput } from "./report/report-input";
export { graphFromAuthorizationDetails } from "./sources/account/graph-from-authorization-details";
export { mergeGraphs } from "./sources/graph/merge-graphs";
export { graphFromPlan } from "./sources/plan/graph-from-plan";
export { graphFromStack } from "./sources/stack/graph-from-stack";
export { graphFromStackDirectory } from "./sources/stack/graph-from-stack-directory";
export { graphFromState } from "./sources/state/graph-from-state";
// stacks
export { addBaseline } from "./stacks/baseline";
export { CredentialHygieneStack } from "./stacks/credential-hygiene-stack";
export { IdentityStack } from "./stacks/identity-stack";
export { StateBackendStack } from "./stacks/state-backend-stack";
export { type SynthesisSettings, type SynthesizedStack, synthesize } from "./stacks/synthesize";
export {
  type BaselineSettings,
  isRefusal,
  type SynthesizedBaseline,
  synthesizeBaseline,
} from "./stacks/synthesize-baseline";
export { type ProjectSynthesis, synthesizeProject } from "./stacks/synthesize-project";
