/**
 * The public API: environments as data, the stacks and constructs that they become, and the access model, which is
 * usable on its own.
 */

// the access model
export type { Decision } from "./access/decision";
export { type CompiledGraph, compileGraph, evaluate } from "./access/evaluate";
export type { AccessGraph } from "./access/graph";
export { graphFromAuthorizationDetails } from "./access/loaders/graph-from-authorization-details";
export { graphFromPlan } from "./access/loaders/graph-from-plan";
export { graphFromStack } from "./access/loaders/graph-from-stack";
export { graphFromStackDirectory } from "./access/loaders/graph-from-stack-directory";
export { graphFromState } from "./access/loaders/graph-from-state";
export { mergeGraphs } from "./access/loaders/merge-graphs";
export { parsePolicyDocument } from "./access/policy-syntax";
export { BrokenProofsError } from "./access/proofs/broken-proofs-error";
export { proveStacks, requireProofs } from "./access/proofs/prove-stacks";
export { RefusedDocumentsError, refusedDocuments } from "./access/refused-documents";
export type { AccessReport } from "./access/report/access-report";
export { accessReport } from "./access/report/build-report";
export { formatAccessJson } from "./access/report/format/json";
export { formatAccessMarkdown } from "./access/report/format/markdown";
export { formatAccessMermaid } from "./access/report/format/mermaid";
export { formatAccessSvg } from "./access/report/format/svg";
export { formatAccessTable } from "./access/report/format/table";
export { answerQuestion, type Question, type QuestionAnswers } from "./access/report/question";
export type { ReportInput } from "./access/report/report-input";
export type { AccessRequest, Credentials, Network } from "./access/request";
export { InvalidEnvironmentsError, validateBaseline } from "./baseline/validate-baseline";
// constructs
export { AccountAlias, type AccountAliasProps } from "./constructs/account-alias";
export { AccountPasswordPolicy, type AccountPasswordPolicyProps } from "./constructs/account-password-policy";
export { Alarm, type AlarmProps } from "./constructs/alarm";
export { AssumableRole, type AssumableRoleProps } from "./constructs/assumable-role";
export { BreakGlassUser, type BreakGlassUserProps } from "./constructs/break-glass-user";
export { DeviceUser, type DeviceUserProps } from "./constructs/device-user";
export { FailureQueue, type FailureQueueProps } from "./constructs/failure-queue";
export { GithubOidcProvider, type GithubOidcProviderProps } from "./constructs/github-oidc-provider";
export { ManagedPolicy, type ManagedPolicyProps } from "./constructs/managed-policy";
export { NotificationTopic, type NotificationTopicProps } from "./constructs/notification-topic";
export { PasswordlessUser, type PasswordlessUserProps } from "./constructs/passwordless-user";
export { PermissionGroup, type PermissionGroupProps } from "./constructs/permission-group";
export { RepositoryUser, type RepositoryUserProps } from "./constructs/repository-user";
export { RoleSuffix, type RoleSuffixProps } from "./constructs/role-suffix";
export {
  type FunctionPlace,
  ScheduledFunction,
  type ScheduledFunctionProps,
} from "./constructs/scheduled-function";
export { StateBucket, type StateBucketProps } from "./constructs/state-bucket";
export { local, s3 } from "./environment/backend";
export { defineEnvironment, type Environment, type EnvironmentInput } from "./environment/environment";
export { repositoryUserName } from "./environment/iam-names";
// environments
export { allow, deny } from "./environment/policy-statement";
export { adminRole, dailyRole, planRole, type UploadTarget } from "./environment/role-presets";
export { dailyAt, type Schedule } from "./environment/schedule";
export { formatViolation, type Violation } from "./environment/violation";
export { type GithubTrustSettings, githubTrustStatement } from "./policies/github-trust";
// policy documents
export { ALLOWED_WITHOUT_MFA, type GuardSettings, guardDocument } from "./policies/guard";
export { type HumanTrustSettings, humanTrustDocument, humanTrustStatements } from "./policies/human-trust";
export { type PolicyDocument, policyDocument, type Statement } from "./policies/policy-document";
export { type SelfServiceSettings, selfServiceDocument } from "./policies/self-service";
export { type ServiceTrustSettings, serviceTrustStatement } from "./policies/service-trust";
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
