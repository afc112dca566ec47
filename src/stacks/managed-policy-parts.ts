import type { IamArns } from "../environment/arns";

/** ARNs of managed policies, each by a part of a construct's id that no other has. */
export function managedPolicyParts(
  arns: IamArns,
  policies: readonly string[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    policies.map((policy) => {
      const arn = arns.managedPolicy(policy);
      const [, , , , account = "", name = ""] = arn.split(":");
      // ":" is in no policy's name or path, so no two policies share a part
      const part = name.replace("policy/", "").replaceAll("/", ":");
      return [account === "aws" ? part : `${account}:${part}`, arn];
    }),
  );
}
