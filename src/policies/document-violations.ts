import { quotasOf } from "../environment/account-quotas";
import type { Environment } from "../environment/environment";
import { quotas } from "../environment/quotas";
import { violationAt } from "../environment/rules/rule";
import { defineRefusal } from "../findings/refusal";
import type { Violation } from "../findings/violation";
import type { PolicyDocument } from "../iam/policy-document";
import { SID_REPEATED } from "../iam/syntax/findings";
import {
  assumeRolesPolicy,
  boundaryPolicy,
  ciGroupPolicy,
  FULL_GUARD,
  guardPolicy,
  rolePolicy,
} from "./environment-policies";
import { countedCharacters, minified } from "./minified";
import { roleTrust } from "./role-trust";

export const POLICY_TOO_LONG = defineRefusal({
  code: "policy-too-long",
  title: "A policy document is longer than IAM takes",
  why: "IAM counts the characters of inline policies of one entity together, without white space. The document is judged as it is rendered, because a plan would not tell.",
  example:
    "environments/prod.ts: roles.daily.statements: IAM takes at most 10240 characters for the inline policies of a role, got 10348; merge statements, or move some into a managed policy [policy-too-long]",
  remedy: "Split or merge as the message says: fewer networks, another group, or a managed policy.",
  since: "0.1.0",
});

interface Limit {
  readonly what: string;
  readonly characters: number;
  readonly count: (document: PolicyDocument) => number;
  readonly remedy: string;
}

const MANAGED: Limit = {
  what: "a managed policy",
  characters: quotas.managedPolicyCharacters,
  count: countedCharacters,
  remedy: "list fewer or wider networks",
};
const GROUP: Limit = {
  what: "the inline policies of a group",
  characters: quotas.groupInlineCharacters,
  count: countedCharacters,
  remedy: "split the group",
};
const ROLE: Limit = {
  what: "the inline policies of a role",
  characters: quotas.roleInlineCharacters,
  count: countedCharacters,
  remedy: "merge statements, or move some into a managed policy",
};
const BOUNDARY: Limit = { ...MANAGED, what: "a permissions boundary", remedy: "merge statements" };
const trustLimit = (environment: Environment): Limit => ({
  what: "a trust policy",
  characters: quotasOf(environment).trustPolicyCharacters,
  count: (document) => minified(document).length,
  remedy:
    'write trust: { devices: "by-group" }, which holds any number of devices, or ask AWS to raise quota L-C07B4B0D and write it as quotas.trustPolicyCharacters',
});

/**
 * What IAM would refuse in the documents that an environment leads to: judged as they are rendered, with the real
 * account id, because a plan would not tell and an apply stops half-way.
 */
export function documentViolations(
  environment: Environment,
  all: readonly Environment[],
): readonly Violation[] {
  const check = (at: readonly string[], document: PolicyDocument | undefined, limit: Limit) =>
    document === undefined ? [] : judged(environment, at, document, limit);
  const breakGlass = Object.keys(environment.breakGlass).length > 0;
  return [
    ...(breakGlass ? check(["allowedNetworks"], guardPolicy(environment, FULL_GUARD).document, MANAGED) : []),
    ...Object.entries(environment.developerGroups).flatMap(([name, group]) => [
      ...check(["allowedNetworks"], guardPolicy(environment, group.guard).document, MANAGED),
      ...check(["developerGroups", name], assumeRolesPolicy(environment, all, name)?.document, GROUP),
    ]),
    ...Object.keys(environment.ciGroups).flatMap((name) =>
      check(["ciGroups", name, "statements"], ciGroupPolicy(environment, name)?.document, GROUP),
    ),
    ...Object.entries(environment.roles).flatMap(([name, role]) => [
      ...check(["roles", name, "statements"], rolePolicy(environment, role)?.document, ROLE),
      ...check(
        ["roles", name, "permissionsBoundary"],
        boundaryPolicy(environment, name, role)?.document,
        BOUNDARY,
      ),
      ...check(["roles", name, "trust"], roleTrust(environment, all, name, role), trustLimit(environment)),
    ]),
  ].filter(unlessRepeated());
}

function judged(
  environment: Environment,
  at: readonly string[],
  document: PolicyDocument,
  limit: Limit,
): readonly Violation[] {
  const characters = limit.count(document);
  return [
    ...(characters > limit.characters
      ? [
          violationAt(environment, at, POLICY_TOO_LONG, {
            expected: `IAM takes at most ${limit.characters} characters for ${limit.what}`,
            got: `${characters}`,
            remedy: limit.remedy,
          }),
        ]
      : []),
    ...repeatedSids(document).map((sid) =>
      violationAt(environment, at, SID_REPEATED, {
        expected: "every Sid of a policy is its own",
        got: `"${sid}" twice`,
        remedy: "rename one of the statements, or leave Sid out",
      }),
    ),
  ];
}

function repeatedSids({ Statement }: PolicyDocument): readonly string[] {
  const sids = Statement.flatMap(({ Sid }) => Sid ?? []);
  return [...new Set(sids.filter((sid, index) => sids.indexOf(sid) !== index))];
}

/** Groups that share a guard would tell the same violation once each. */
function unlessRepeated(): (violation: Violation) => boolean {
  const told = new Set<string>();
  return (violation) => {
    const key = JSON.stringify(violation);
    if (told.has(key)) return false;
    told.add(key);
    return true;
  };
}
