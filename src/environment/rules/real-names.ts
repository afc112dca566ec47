import { suggestion } from "../../findings/nearest-name";
import { defineRefusal } from "../../findings/refusal";
import { arnFault } from "../../iam/names/arn-fault";
import { managedPolicyFault } from "../../iam/names/managed-policy-fault";
import { didYouMean, type NameFault } from "../../iam/names/name-fault";
import { isRegion, partitionOfRegion, regionNames } from "../../iam/names/regions";
import { isServicePrincipal, servicePrincipals } from "../../iam/names/service-principals";
import { statementFaults } from "../../iam/names/statement-faults";
import type { Environment } from "../environment";
import { declaredStatements, namedPolicies } from "./declared-statements";
import { MANAGED_POLICY } from "./role-policies";
import { USER_ARN } from "./role-trust";
import { type EnvironmentRule, violationAt } from "./rule";

export const AWS_NAME_UNKNOWN = defineRefusal({
  code: "aws-name-unknown",
  title: "A name is none that AWS has",
  why: "IAM takes most misspelt names in silence: an Allow then allows nothing, and a Deny denies nothing. The rest it refuses in the middle of an apply.",
  example:
    'environments/prod.ts: roles.daily.statements[0].Action: an action of s3 (list of 2026-09-26), got "s3:GetObjekt"; did you mean "s3:GetObject"? (if AWS has added it since: allowUnknown, with a reason) [aws-name-unknown]',
  remedy:
    'Correct it as the message proposes. For a name that is newer than the lists write `allowUnknown: { "service:Action": "why" }` in the environment.',
  since: "0.2.0",
});

export const UNKNOWN_ALLOWED_NEEDLESSLY = defineRefusal({
  code: "unknown-allowed-needlessly",
  title: "A name is allowed as unknown, and is known or is written nowhere",
  why: "An exception that matches nothing would let the next misspelling pass.",
  example:
    'environments/prod.ts: allowUnknown.s3:GetObject: a name that this environment writes and that the lists lack, got "s3:GetObject"; remove it [unknown-allowed-needlessly]',
  remedy: "Remove it, or correct it to the name that is meant.",
  since: "0.2.0",
});

/** Every name of AWS in an environment is one, but for those that `allowUnknown` gives a reason for. */
export const namesAreReal: EnvironmentRule = (environment) => {
  const { allowUnknown } = environment;
  const used = new Set<string>();
  const violations = faultsOf(environment)
    .filter(({ name, mayBeNew }) => {
      const isAllowed = mayBeNew && Object.hasOwn(allowUnknown, name);
      if (isAllowed) used.add(name);
      return !isAllowed;
    })
    .map(({ path, name, expected, remedy, mayBeNew }) =>
      violationAt(environment, path, AWS_NAME_UNKNOWN, {
        expected,
        got: JSON.stringify(name),
        remedy: mayBeNew ? `${remedy} (if AWS has added it since: allowUnknown, with a reason)` : remedy,
      }),
    );
  const faulty = violations.map(({ got }) => JSON.parse(got) as string);
  return [
    ...violations,
    ...Object.keys(allowUnknown)
      .filter((name) => !used.has(name))
      .map((name) =>
        violationAt(environment, ["allowUnknown", name], UNKNOWN_ALLOWED_NEEDLESSLY, {
          expected: "a name that this environment writes and that the lists lack",
          got: JSON.stringify(name),
          remedy: faulty.length === 0 ? "remove it" : `${suggestion(name, faulty, "")} Or remove it`,
        }),
      ),
  ];
};

function faultsOf(environment: Environment): readonly NameFault[] {
  const { partition } = environment;
  const lists = declaredStatements(environment).flatMap(({ at, statements }) =>
    statements.flatMap((statement, index) =>
      statementFaults(statement, partition).map((fault) => ({
        ...fault,
        path: [...at, index, ...fault.path],
      })),
    ),
  );
  const policies = namedPolicies(environment).flatMap(({ at, policy }) => {
    // what has no form of a policy is told as that
    const fault = MANAGED_POLICY.test(policy)
      ? (managedPolicyFault(policy, partition) ?? foreignPolicy(policy, environment))
      : undefined;
    return fault === undefined ? [] : [{ path: at, ...fault }];
  });
  return [...lists, ...policies, ...trustFaults(environment), ...regionFaults(environment)];
}

/** IAM attaches policies of AWS and of the account itself. */
function foreignPolicy(policy: string, { partition, accountId }: Environment) {
  const account = /^arn:[^:]*:iam::(\d{12}):policy\//.exec(policy)?.[1];
  if (account === undefined || account === accountId) return undefined;
  return {
    name: policy,
    expected: `a policy of AWS or of account ${accountId}, as IAM attaches no other`,
    remedy: `write arn:${partition}:iam::${accountId}:policy/..., or the statements themselves`,
    mayBeNew: false,
  };
}

/** Whom roles trust, and which resources those act for. */
function trustFaults({ roles, partition }: Environment): readonly NameFault[] {
  return Object.entries(roles).flatMap(([role, { service, trust }]) => {
    const at = ["roles", role];
    const written = [
      ...(service?.sourceArns ?? []).map((arn, index) => ({ path: ["service", "sourceArns", index], arn })),
      ...trust.externalUsers.map((arn, index) => ({ path: ["trust", "externalUsers", index], arn })),
    ];
    const arns = written.flatMap(({ path, arn }) => {
      // an external user that is none is told as that
      if (path[0] === "trust" && !USER_ARN.test(arn)) return [];
      const fault = arnFault(arn, partition);
      return fault === undefined ? [] : [{ path: [...at, ...path], name: arn, ...fault }];
    });
    if (service === undefined || isServicePrincipal(service.principal)) return arns;
    return [
      {
        path: [...at, "service", "principal"],
        name: service.principal,
        expected: "a service principal of AWS, such as ec2.amazonaws.com",
        remedy: didYouMean(service.principal, servicePrincipals(), "correct it"),
        mayBeNew: true,
      },
      ...arns,
    ];
  });
}

function regionFaults({ region, backend, partition }: Environment): readonly NameFault[] {
  const unknown = (path: readonly PropertyKey[], name: string): readonly NameFault[] =>
    isRegion(name)
      ? []
      : [
          {
            path,
            name,
            expected: "a region of AWS",
            remedy: didYouMean(name, regionNames(), "correct it"),
            mayBeNew: true,
          },
        ];
  if (backend.type !== "s3") return unknown(["region"], region);
  const { kmsKeyArn } = backend;
  const key = kmsKeyArn === undefined ? undefined : keyFault(kmsKeyArn, backend.region);
  return [
    ...unknown(["region"], region),
    ...(backend.region === region ? [] : unknown(["backend", "region"], backend.region)),
    ...(partitionOfRegion(backend.region) === partition
      ? []
      : [
          {
            path: ["backend", "region"],
            name: backend.region,
            expected: `a region of partition ${partition}, whose credentials Terraform has`,
            remedy: "keep the state in the partition of the environment's region",
            mayBeNew: false,
          },
        ]),
    ...(key === undefined || kmsKeyArn === undefined
      ? []
      : [{ path: ["backend", "kmsKeyArn"], name: kmsKeyArn, ...key }]),
  ];
}

/** S3 encrypts with keys of the bucket's region. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html */
function keyFault(arn: string, region: string) {
  const fault = arnFault(arn, partitionOfRegion(region));
  if (fault !== undefined) return fault;
  const [, , , own] = arn.split(":");
  return own === region
    ? undefined
    : {
        mayBeNew: false,
        expected: `a key of the bucket's region ${region}`,
        remedy: "use a key of that region, or a replica of it",
      };
}
