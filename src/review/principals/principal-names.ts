import { type AccessGraph, UNKNOWN_PART } from "../../iam/graph";

/** A name with its unknown suffix as people know it: `admin-*`. */
export function shownName(name: string): string {
  return name.replaceAll(UNKNOWN_PART, "*");
}

/** `user home` for an ARN of the graph, `account 444455556666`, `anybody`: a principal of a policy in words. */
export function principalWords(text: string, graph: AccessGraph): string {
  if (text === "*") return "anybody in any AWS account";
  const [kind = "", ...rest] = text.split(" ");
  const value = rest.join(" ");
  if (kind === "Service") return `AWS service ${value}`;
  if (kind === "Federated" && value.replace(/^arn:[^:]*:iam::[^:]*:[\w-]+\//, "") === UNKNOWN_PART)
    return "identities of a provider that is known after the apply";
  if (kind === "Federated")
    return `identities of ${shownName(value.replace(/^arn:[^:]*:iam::\d{12}:(?:oidc-provider|saml-provider)\//, ""))}`;
  if (kind !== "AWS") return shownName(text);
  const known = [...graph.users, ...graph.roles].find(({ arn }) => arn === value);
  const arn = /^arn:[^:]*:(iam|sts)::([^:]*):(user|role|assumed-role|federated-user|root)\/?(.*)$/.exec(
    value,
  );
  const account = arn?.[2] ?? "";
  const isOwn = [...graph.users, ...graph.roles].some(({ accountId }) => accountId === account);
  const where = isOwn || account === "" ? "" : ` of account ${account}`;
  if (known !== undefined) return `${known.kind} ${shownName(known.name)}`;
  if (arn?.[3] === "root")
    return isOwn ? "everybody in the account who may assume roles" : `account ${account}`;
  if (arn?.[3] === "assumed-role") {
    const [role = "", session = ""] = (arn[4] ?? "").split("/");
    return `session ${shownName(session)} of role ${shownName(role)}${where}`;
  }
  if (arn !== null && arn[4] !== undefined) {
    return `${arn[3]} ${shownName(arn[4].slice(arn[4].lastIndexOf("/") + 1))}${where}`;
  }
  return shownName(value);
}
