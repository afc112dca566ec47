import { quotasOf } from "../../environment/account-quotas";
import { type Check, type CheckResult, judged, ok, problem, warning } from "../check";

const COUNTED: readonly (readonly [what: string, used: string, quota: string])[] = [
  ["users", "Users", "UsersQuota"],
  ["groups", "Groups", "GroupsQuota"],
  ["roles", "Roles", "RolesQuota"],
  ["customer managed policies", "Policies", "PoliciesQuota"],
];

/** From here on it is said. */
const NEARLY = 0.8;

export const quotas: Check = {
  id: "quotas",
  title: "Quotas of IAM",
  why: "An apply that meets a quota stops half-way.",
  judge: ({ summary, environment }) =>
    judged(summary, (found) => [
      ...COUNTED.flatMap(([what, usedKey, quotaKey]): readonly CheckResult[] => {
        const used = found[usedKey];
        const quota = found[quotaKey];
        if (used === undefined || quota === undefined) return [];
        const said = `${used} of ${quota} ${what}, ${quota - used} left`;
        if (used >= quota) return [problem(said, "ask AWS to raise the quota, or remove some")];
        return [used >= quota * NEARLY ? warning(said, "ask AWS to raise the quota in time") : ok(said)];
      }),
      ...trustPolicy(quotasOf(environment).trustPolicyCharacters, found["AssumeRolePolicySizeQuota"]),
    ]),
};

function trustPolicy(declared: number, inForce: number | undefined): readonly CheckResult[] {
  if (inForce === undefined) return [];
  if (declared > inForce) {
    return [
      problem(
        `the environment counts on trust policies of ${declared} characters, and AWS takes ${inForce}`,
        "ask AWS to raise quota L-C07B4B0D, or lower quotas.trustPolicyCharacters",
      ),
    ];
  }
  return [
    ok(
      `trust policies of ${inForce} characters${inForce > declared ? `; the environment uses ${declared}: write quotas: { trustPolicyCharacters: ${inForce} } to use all` : ""}`,
    ),
  ];
}
