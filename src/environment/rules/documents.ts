import { suggestion } from "../../findings/nearest-name";
import { isManagedPolicyArn } from "../../iam/managed-policies";
import { arnFault } from "../../iam/names/arn-fault";
import type { Environment } from "../environment";
import { AWS_NAME_UNKNOWN } from "./real-names";
import { type EnvironmentRule, violationAt } from "./rule";
import { UNKNOWN_NAME } from "./unknown-name";

const POLICY_ARN = /^arn:aws[a-z-]*:iam::(?:\d{12}|aws):policy\/[\w+=,.@/-]+$/;

/** A document is given for a policy that the environment names: under a misspelt ARN it would be nobody's. */
export const documentsAreOfPolicies: EnvironmentRule = (environment) =>
  Object.keys(environment.documents).flatMap((arn) => {
    const at = ["documents", arn];
    const fault = arnFault(arn, environment.partition);
    if (fault !== undefined || !POLICY_ARN.test(arn)) {
      return [
        violationAt(environment, at, AWS_NAME_UNKNOWN, {
          expected: fault?.expected ?? "the ARN of a managed policy",
          got: JSON.stringify(arn),
          remedy:
            fault?.remedy ?? `write arn:${environment.partition}:iam::${environment.accountId}:policy/<name>`,
        }),
      ];
    }
    const named = policyArnsIn(environment);
    if (isManagedPolicyArn(arn) || named.includes(arn)) return [];
    return [
      violationAt(environment, at, UNKNOWN_NAME, {
        expected: "a policy that this environment names by its ARN",
        got: JSON.stringify(arn),
        remedy: suggestion(arn, named, "remove it"),
      }),
    ];
  });

/** Every ARN of a policy that stands anywhere else in the environment. */
function policyArnsIn({ documents: _documents, ...rest }: Environment): readonly string[] {
  const written = JSON.stringify(rest).match(/arn:aws[a-z-]*:iam::(?:\d{12}|aws):policy\/[\w+=,.@/-]+/g);
  return [...new Set(written ?? [])];
}
