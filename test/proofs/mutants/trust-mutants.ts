import { listOf } from "../../../src/iam/policy-document";
import {
  changeStatement,
  conditionValues,
  documentOf,
  type MutableStatement,
  type Mutant,
  resources,
  type StackJson,
  withCondition,
} from "./stack-json";

const MFA = "aws:MultiFactorAuthPresent";
const AGE = "aws:MultiFactorAuthAge";
const GITHUB = "token.actions.githubusercontent.com";

/** Every weakening of every trust policy of a stack. */
export function trustMutants(stack: StackJson): readonly Mutant[] {
  return resources(stack, "aws_iam_role").flatMap(([name, body]) =>
    documentOf(body, "assume_role_policy").Statement.flatMap((statement, index) => {
      const mutant = (what: string, change: (statement: MutableStatement) => void): Mutant => ({
        name: `trust of ${name}: ${what}`,
        apply: (copy) => changeStatement(copy, "aws_iam_role", name, index, change),
      });
      const block = typeof statement.Principal === "object" ? statement.Principal : {};
      const users = listOf(block["AWS"]);
      const trusting = (Principal: MutableStatement["Principal"]) => (changed: MutableStatement) => {
        changed.Principal = Principal;
      };
      const everyone = [
        mutant("principal *", trusting("*")),
        mutant("principal { AWS: * }", trusting({ AWS: "*" })),
        mutant("principal the account", trusting({ AWS: "arn:aws:iam::111122223333:root" })),
        mutant("principal an account id", trusting({ AWS: "444455556666" })),
        mutant("principal a service too", trusting({ ...block, Service: "codebuild.amazonaws.com" })),
        mutant("NotPrincipal", (changed) => {
          changed.NotPrincipal = { AWS: "arn:aws:iam::111122223333:user/nobody" };
          Reflect.deleteProperty(changed, "Principal");
        }),
      ];
      if (users.length > 0) return [...everyone, ...humanMutants(users, statement, mutant)];
      return block["Federated"] === undefined ? everyone : [...everyone, ...githubMutants(statement, mutant)];
    }),
  );
}

type Make = (what: string, change: (statement: MutableStatement) => void) => Mutant;

function humanMutants(
  users: readonly string[],
  statement: MutableStatement,
  mutant: Make,
): readonly Mutant[] {
  const networks = conditionValues(statement, "IpAddress", "aws:SourceIp");
  const [age = "0"] = conditionValues(statement, "NumericLessThanEquals", AGE);
  const ages = (value: number) => (changed: MutableStatement) =>
    withCondition(changed, "NumericLessThanEquals", AGE, [String(value)]);
  const networked = (values: readonly string[] | undefined) => (changed: MutableStatement) =>
    withCondition(changed, "IpAddress", "aws:SourceIp", values);
  return [
    ...users.map((user) =>
      mutant(`${user} dropped`, (changed) => {
        const others = users.filter((other) => other !== user);
        if (others.length === 0) Reflect.deleteProperty(changed, "Effect");
        else changed.Principal = { AWS: others };
      }),
    ),
    ...[
      "user/team/device/somebody-else",
      "user/team/ci/example-team.web",
      "user/baseline/ci/octo.website",
      "role/daily",
    ].map((added) =>
      mutant(`${added} added`, (changed) => {
        changed.Principal = { AWS: [...users, `arn:aws:iam::111122223333:${added}`] };
      }),
    ),
    mutant("all conditions dropped", (changed) => Reflect.deleteProperty(changed, "Condition")),
    mutant("MFA and its age dropped", (changed) => {
      withCondition(changed, "Bool", MFA, undefined);
      withCondition(changed, "NumericLessThanEquals", AGE, undefined);
    }),
    mutant("MFA in the IfExists form", (changed) => {
      withCondition(changed, "Bool", MFA, undefined);
      withCondition(changed, "NumericLessThanEquals", AGE, undefined);
      withCondition(changed, "BoolIfExists", MFA, ["true"]);
      withCondition(changed, "NumericLessThanEqualsIfExists", AGE, [age]);
    }),
    mutant("MFA false", (changed) => withCondition(changed, "Bool", MFA, ["false"])),
    mutant("MFA age dropped", (changed) => withCondition(changed, "NumericLessThanEquals", AGE, undefined)),
    mutant("MFA age raised by a second", ages(Number(age) + 1)),
    mutant("MFA age raised to 12 hours", ages(43_200)),
    mutant("MFA age lowered", ages(Number(age) - 1)),
    mutant("networks dropped", networked(undefined)),
    ...networks.map((network) =>
      mutant(`network ${network} dropped`, networked(networks.filter((other) => other !== network))),
    ),
    ...["192.0.2.0/24", "0.0.0.0/0", "::/0"].map((network) =>
      mutant(`network ${network} added`, networked([...networks, network])),
    ),
    mutant("networks in the IfExists form", (changed) => {
      withCondition(changed, "IpAddress", "aws:SourceIp", undefined);
      withCondition(changed, "IpAddressIfExists", "aws:SourceIp", networks);
    }),
    mutant("a Deny of everybody", (changed) => {
      changed.Effect = "Deny";
    }),
  ];
}

function githubMutants(statement: MutableStatement, mutant: Make): readonly Mutant[] {
  const [subject = ""] = conditionValues(statement, "StringEquals", `${GITHUB}:sub`);
  const [, repository = ""] = subject.split(":");
  const [owner = ""] = repository.split("/");
  const subjects = (operator: string, value: string) => (changed: MutableStatement) => {
    withCondition(changed, "StringEquals", `${GITHUB}:sub`, undefined);
    withCondition(changed, operator, `${GITHUB}:sub`, [value]);
  };
  const dropped = (claim: string) => (changed: MutableStatement) =>
    withCondition(changed, "StringEquals", `${GITHUB}:${claim}`, undefined);
  return [
    mutant("subject dropped", dropped("sub")),
    mutant("audience dropped", dropped("aud")),
    mutant("repository id dropped", dropped("repository_id")),
    mutant("subject by ForAllValues", subjects("ForAllValues:StringEquals", subject)),
    mutant("subject of every job", subjects("StringLike", `repo:${repository}:*`)),
    mutant("subject of every repository of the owner", subjects("StringLike", `repo:${owner}/*`)),
    mutant("subject of owners that begin the same", subjects("StringLike", `repo:${owner}*`)),
    mutant(
      "subject of every owner",
      subjects("StringLike", `repo:*:${subject.split(":").slice(2).join(":")}`),
    ),
    mutant("subject without regard to case", subjects("StringEqualsIgnoreCase", subject)),
    mutant("subject of pull requests", subjects("StringEquals", `repo:${repository}:pull_request`)),
    mutant("subject of a branch", subjects("StringEquals", `repo:${repository}:ref:refs/heads/main`)),
  ];
}
