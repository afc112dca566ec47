import type { RuleDeclaration } from "../findings/rule";
import { CI_STAYS_IN_CI } from "./ci";
import { CUTOFF_ONLY_DENIES } from "./cutoff-only-denies";
import { ROLES_CARRY_NO_USER_POLICIES, USERS_ARE_DECLARED } from "./declared";
import { NO_PRIVILEGE_ESCALATION } from "./escalation/escalations";
import { USERS_NEED_MFA, USERS_STAY_IN_NETWORKS } from "./guard";
import { MACHINERY_IS_UNTOUCHED } from "./machinery-is-untouched";
import { PASSED_ROLES_ARE_KNOWN } from "./passed-roles";
import { PEOPLE_CAN_WORK } from "./people-can-work";
import { POLICY_IS_KNOWN } from "./policy-is-known";
import { PULL_REQUESTS_ONLY_READ } from "./pull-requests";
import { RECOVERY_WORKS } from "./recovery/key-recovery";
import { ADMINISTRATOR_PATHS, ROLES_ARE_ASSUMED_AS_DECLARED } from "./roles";
import { USERS_ACT_ON_THEMSELVES, USERS_ONLY_SELF_SERVICE } from "./user-rights";

/** Everything that is proven before anything is written. Ids are stable: accepted exceptions name them. */
export const PROOF_RULES: readonly RuleDeclaration[] = [
  USERS_ARE_DECLARED,
  USERS_ONLY_SELF_SERVICE,
  USERS_ACT_ON_THEMSELVES,
  USERS_NEED_MFA,
  USERS_STAY_IN_NETWORKS,
  ROLES_ARE_ASSUMED_AS_DECLARED,
  ROLES_CARRY_NO_USER_POLICIES,
  ADMINISTRATOR_PATHS,
  CI_STAYS_IN_CI,
  PULL_REQUESTS_ONLY_READ,
  MACHINERY_IS_UNTOUCHED,
  NO_PRIVILEGE_ESCALATION,
  PASSED_ROLES_ARE_KNOWN,
  CUTOFF_ONLY_DENIES,
  POLICY_IS_KNOWN,
  PEOPLE_CAN_WORK,
  RECOVERY_WORKS,
];

const byId = new Map(PROOF_RULES.map((rule) => [rule.id, rule]));

/** The declaration of a proof; nothing for an id that no proof has. */
export function proofRule(id: string): RuleDeclaration | undefined {
  return byId.get(id);
}
