import type { DecidingStatement, Decision } from "../../iam/decision";
import type { AccessRequest } from "../../iam/request";

/** What is proven before anything is written. Ids are stable: accepted exceptions name them. */
export const PROOFS = {
  "users-are-declared": {
    title: "Users, their groups and their credentials are exactly the declared ones",
    explanation:
      "Every user is declared, is in exactly its groups and holds no policy of its own; Terraform makes no password and no key.",
  },
  "users-only-self-service": {
    title: "As themselves, people do nothing but self-service",
    explanation:
      "Whatever the credentials and the network, a device or break-glass user looks after its own key and its own MFA device and assumes its roles. Without MFA it can only enrol a device and start a session.",
  },
  "users-act-on-themselves": {
    title: "No user acts on another user",
    explanation:
      "Keys, MFA devices, passwords, policies, groups and tags of others are out of reach, whatever the names are.",
  },
  "users-need-mfa": {
    title: "Without MFA the guard denies everything but enrolling",
    explanation:
      "The Deny holds for any action on any resource, so that no further Allow can ever defeat it. Federation tokens, which carry no MFA, are always denied.",
  },
  "users-stay-in-networks": {
    title: "From outside the allowed networks the guard denies everything",
    explanation: "Any action, on any resource, with any credentials, from any other address or VPC, or none.",
  },
  "roles-are-assumed-as-declared": {
    title: "Roles are assumed by exactly the declared principals, on the declared conditions",
    explanation:
      "Users by their own ARN, with recent MFA, from an allowed network; services and GitHub jobs exactly as declared; nobody else.",
  },
  "roles-carry-no-user-policies": {
    title: "Guard and self-service are on no role",
    explanation: "Sessions of roles carry neither MFA nor a user name: such a policy denies all or nothing.",
  },
  "administrator-paths": {
    title: "Every path to administrator rights passes MFA, the network and a listed device",
    explanation:
      "Through chains of roles and across accounts too. A GitHub environment is a path only where the role declares it.",
  },
  "ci-stays-in-ci": {
    title: "CI identities neither reach a role of people nor change IAM",
    explanation:
      "Repository users and roles of GitHub jobs: no session of a role that people use, and no change of users, groups, roles, policies or providers, whatever those hold. Service-linked roles, which only their service can use, are no change. What else of the baseline they may not change is `machinery-is-untouched`.",
  },
  "pull-requests-only-read": {
    title: "Jobs of pull requests only read",
    explanation:
      "Whoever opens a pull request writes the code that such a job runs: no action that writes, tags or manages permissions is allowed to its role.",
  },
  "machinery-is-untouched": {
    title: "Nobody below administrator changes the baseline's own machinery",
    explanation:
      "State and its lock; functions that deactivate and audit, with their roles, schedules, queues, logs and alarms; guard and self-service policies, groups, trust policies and identity providers.",
  },
  "passed-roles-are-known": {
    title: "Roles that may be passed to a service are known",
    explanation:
      "Whoever may pass any role and have a service run it holds whatever the mightiest role of the account holds that trusts the service, also one that no stack declares.",
  },
  "policy-is-known": {
    title: "The document of every policy is known",
    explanation:
      "A policy that is named by its ARN alone may allow anything. Every other proof is held without it; this one tells that, and an exception for it is bound to the one policy on the one principal.",
  },
  "no-privilege-escalation": {
    title: "No known method leads from lesser rights to administrator rights",
    explanation: "Each method of src/proofs/escalation, for each principal, with the targets that exist.",
  },
  "people-can-work": {
    title: "Declared people can work",
    explanation:
      "From every allowed network: enrol MFA without MFA, look after their own key with MFA, assume each of their roles, and use services that call others on their behalf.",
  },
  "recovery-works": {
    title: "Whoever a run leaves without an active key comes back as declared",
    explanation:
      "With every device key inactive that a rule can end, and without living sessions: by a second device that still works, by a GitHub job, or by a break-glass user, whose policies really allow it.",
  },
} as const satisfies Readonly<Record<string, { readonly title: string; readonly explanation: string }>>;

export type ProofId = keyof typeof PROOFS;

/** A proof that does not hold, with who could do what. */
export interface BrokenProof {
  readonly proof: ProofId;
  /** The escalation method, for `no-privilege-escalation`. */
  readonly method?: string;
  readonly environment: string;
  /** What it is about: `user/laptop`, `role/daily`, `group/developers`. */
  readonly subject: string;
  /** One sentence: what is so and must not be. */
  readonly message: string;
  readonly counterexample?: Counterexample;
  /** What to change in the environment's file. */
  readonly remedy: string;
  /** What is not known, where that alone keeps the proof from holding. */
  readonly unknowns: readonly string[];
}

/** A request that is answered otherwise than it must be. */
export interface Counterexample {
  readonly request: AccessRequest;
  readonly effect: Decision["effect"];
  readonly because: string;
  readonly through: readonly DecidingStatement[];
}

/** What weakens the baseline by declaration, and is therefore listed in every report. */
export interface DeclaredWeakness {
  readonly environment: string;
  readonly subject: string;
  readonly message: string;
}

/** What an environment lets stand, until a day. */
export interface AcceptedProof {
  readonly broken: BrokenProof;
  readonly reason: string;
  /** `YYYY-MM-DD`, UTC. */
  readonly expires: string;
}

export interface ProofReport {
  readonly broken: readonly BrokenProof[];
  readonly accepted: readonly AcceptedProof[];
  readonly declared: readonly DeclaredWeakness[];
  /** Exceptions that match nothing, and what else a reader should know. */
  readonly notes: readonly string[];
  /** Questions that were asked: a measure of cost. */
  readonly questions: number;
}

/** `no-privilege-escalation/iam:CreatePolicyVersion`, or the proof alone. */
export function findingOf({ proof, method }: BrokenProof): string {
  return method === undefined ? proof : `${proof}/${method}`;
}
