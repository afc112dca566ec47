import { listOf } from "../../../src/iam/policy-document";
import {
  changeStatement,
  conditionValues,
  documentOf,
  type MutableStatement,
  type Mutant,
  removeResource,
  resources,
  type StackJson,
  withCondition,
} from "./stack-json";

/** Every weakening of every guard policy of a stack, and of where it is attached. */
export function guardMutants(stack: StackJson): readonly Mutant[] {
  return resources(stack, "aws_iam_policy").flatMap(([name, body]) =>
    documentOf(body, "policy").Statement.flatMap((statement, index) => {
      if (statement.Effect !== "Deny") return [];
      const mutant = (what: string, change: (statement: MutableStatement) => void): Mutant => ({
        name: `${statement.Sid} of ${String(body["name"])}: ${what}`,
        apply: (copy) => changeStatement(copy, "aws_iam_policy", name, index, change),
      });
      const swap = (from: string, to: string, key: string) => (changed: MutableStatement) => {
        const values = conditionValues(changed, from, key);
        withCondition(changed, from, key, undefined);
        withCondition(changed, to, key, values);
      };
      const networks = conditionValues(statement, "NotIpAddressIfExists", "aws:SourceIp");
      const spared = listOf(statement.NotAction);
      const mfa = "aws:MultiFactorAuthPresent";
      const via = "aws:ViaAWSService";
      return [
        mutant("the statement dropped", (changed) => Reflect.deleteProperty(changed, "Effect")),
        mutant("Resource narrowed", (changed) => {
          changed.Resource = "arn:aws:s3:::*";
        }),
        ...(spared.length > 0
          ? [
              mutant("BoolIfExists to Bool", swap("BoolIfExists", "Bool", mfa)),
              mutant('"false" to "true"', (changed) => withCondition(changed, "BoolIfExists", mfa, ["true"])),
              mutant("the MFA condition dropped", (changed) =>
                withCondition(changed, "BoolIfExists", mfa, undefined),
              ),
            ]
          : []),
        ...spared.map((action) =>
          mutant(`${action} dropped from NotAction`, (changed) => {
            changed.NotAction = spared.filter((other) => other !== action);
          }),
        ),
        ...(spared.length === 0
          ? []
          : ["iam:CreateAccessKey", "iam:DeactivateMFADevice", "s3:GetObject", "iam:*", "s3:Get*", "*"]
        ).map((action) =>
          mutant(`${action} added to NotAction`, (changed) => {
            changed.NotAction = [...spared, action];
          }),
        ),
        ...(conditionValues(statement, "BoolIfExists", via).length === 0
          ? []
          : [
              mutant("ViaAWSService dropped", (changed) =>
                withCondition(changed, "BoolIfExists", via, undefined),
              ),
              mutant("ViaAWSService turned around", (changed) =>
                withCondition(changed, "BoolIfExists", via, ["true"]),
              ),
              mutant("made for one user only", (changed) =>
                withCondition(changed, "ArnLike", "aws:PrincipalArn", [
                  "arn:aws:iam::111122223333:user/nobody",
                ]),
              ),
            ]),
        ...networks.map((network) =>
          mutant(`network ${network} dropped`, (changed) => {
            const others = networks.filter((other) => other !== network);
            withCondition(changed, "NotIpAddressIfExists", "aws:SourceIp", others);
          }),
        ),
        ...(networks.length === 0
          ? []
          : ["192.0.2.0/24", "198.51.0.0/16", "203.0.112.0/23", "2001:db8::/32", "0.0.0.0/0"]
        ).map((network) =>
          mutant(`network ${network} added`, (changed) =>
            withCondition(changed, "NotIpAddressIfExists", "aws:SourceIp", [...networks, network]),
          ),
        ),
        ...(networks.length === 0
          ? []
          : [
              mutant(
                "NotIpAddress to IpAddress",
                swap("NotIpAddressIfExists", "IpAddressIfExists", "aws:SourceIp"),
              ),
              mutant("a VPC let in", (changed) =>
                withCondition(changed, "StringNotEqualsIfExists", "aws:SourceVpc", ["vpc-0123456789abcdef0"]),
              ),
            ]),
      ];
    }),
  );
}

/** Guard and self-service detached from a group, and attached to a role. */
export function attachmentMutants(stack: StackJson): readonly Mutant[] {
  const attachments = resources(stack, "aws_iam_group_policy_attachment");
  const guarded = attachments.filter(([name]) => /attachment-(?:guard|self-service)/.test(name));
  const roles = resources(stack, "aws_iam_role").map(([name]) => name);
  return [
    ...guarded.map(([name]) => ({
      name: `${name} removed`,
      apply: (copy: StackJson) => removeResource(copy, "aws_iam_group_policy_attachment", name),
    })),
    ...guarded.flatMap(([name, { policy_arn }]) =>
      roles.map((role) => ({
        name: `${name} made one of ${role}`,
        apply: (copy: StackJson) => {
          const attached = { role: `\${aws_iam_role.${role}.name}`, policy_arn };
          copy.resource["aws_iam_role_policy_attachment"] = {
            ...copy.resource["aws_iam_role_policy_attachment"],
            mutant: attached,
          };
        },
      })),
    ),
  ];
}
