import type { AccessFact, AnyPrincipal } from "./access-fact";
import { type DriftWording, environmentFile, shellWord } from "./drift-finding";
import type { UndeclaredFact } from "./undeclared-fact";

/**
 * What to do about a fact.
 *
 * @param isRepaired whether the next apply puts it right
 */
export function remedyOf(fact: AccessFact, isRepaired: boolean, wording: DriftWording): string {
  const file = environmentFile(wording);
  if (fact.kind === "key-quarantined") {
    return `Do not deploy now: an apply would take the quarantine off. Deactivate the key (${aws("update-access-key", ["user-name", fact.principal.name], ["access-key-id", "<id>"], ["status", "Inactive"])}), find out what it did, make a new one, delete the old one, and then detach the policy.`;
  }
  if (isRepaired) {
    const keep = kept(fact, file);
    return `Run ${deploy(fact, wording)}, which undoes it${keep === "" ? "" : `; ${keep}`}.`;
  }
  return `${command(fact, wording)}; ${kept(fact, file) || `or declare it in ${file}`}.`;
}

function deploy({ address }: AccessFact, wording: DriftWording): string {
  const [kind = "", name = ""] = address.split("/");
  const stack =
    wording.stackOf(`${kind}/${name}`) ?? wording.stackOf(address) ?? `${wording.environment}-identity`;
  return `\`cdktf deploy ${shellWord(stack)}\``;
}

function kept(fact: AccessFact, file: string): string {
  switch (fact.kind) {
    case "policy-attached":
      return fact.principal.kind === "role"
        ? `if it is meant, add it to the role in ${file} first`
        : `if it is meant, give it to a group or a role in ${file}, never to a user`;
    case "group-joined":
      return `if it is meant, add "${fact.group.name}" to the groups of ${fact.user.name} in ${file}`;
    case "group-left":
      return `if it is meant, take "${fact.group.name}" out of the groups of ${fact.user.name} in ${file}`;
    case "principal-deleted":
      return `if it is meant, remove it from ${file}`;
    default:
      return "";
  }
}

/** The command that undoes what Terraform does not see. */
function command(fact: AccessFact, wording: DriftWording): string {
  switch (fact.kind) {
    case "policy-attached": {
      const { principal, policy } = fact;
      return policy.kind === "inline"
        ? run(`delete-${principal.kind}-policy`, nameOption(principal), ["policy-name", policy.name])
        : run(`detach-${principal.kind}-policy`, nameOption(principal), [
            "policy-arn",
            policy.arn ?? policy.name,
          ]);
    }
    case "group-joined":
      return run("remove-user-from-group", ["user-name", fact.user.name], ["group-name", fact.group.name]);
    case "instance-profile-added":
      return run(
        "remove-role-from-instance-profile",
        ["instance-profile-name", fact.profile],
        ["role-name", fact.role.name],
      );
    default:
      return `Run ${deploy(fact, wording)} and look again`;
  }
}

export function undeclaredRemedy(fact: UndeclaredFact, wording: DriftWording): string {
  const file = environmentFile(wording);
  switch (fact.kind) {
    case "undeclared-user": {
      const { name } = fact.user;
      return `Deactivate its keys and delete it (${aws("delete-user", ["user-name", name])}); if it belongs to somebody, add ${JSON.stringify(name)}: { owner: "..." } to devices in ${file} and import it: import { to = aws_iam_user.<id> id = ${JSON.stringify(name)} }.`;
    }
    case "undeclared-group":
      return `${run("delete-group", ["group-name", fact.group.name])}, after its members and policies are gone; or declare it in ${file} and import it: import { to = aws_iam_group.<id> id = ${JSON.stringify(fact.group.name)} }.`;
    case "undeclared-role":
      return `${run("delete-role", ["role-name", fact.role.name])}, after its policies are detached; or declare it in ${file}, or accept it there with a reason and an end.`;
    case "undeclared-policy":
      return `${run("delete-policy", ["policy-arn", fact.policy.arn ?? ""])} where nobody uses it.`;
    case "undeclared-identity-provider":
      return fact.arn.includes(":oidc-provider/")
        ? `${run("delete-open-id-connect-provider", ["open-id-connect-provider-arn", fact.arn])}; or declare it (account.githubOidcProvider with import: true, for GitHub's) or accept it in ${file}.`
        : `${run("delete-saml-provider", ["saml-provider-arn", fact.arn])}; or accept it in ${file} with a reason and an end.`;
    case "undeclared-password":
      return `${run("delete-login-profile", ["user-name", fact.userName])}: nobody here signs in with a password.`;
    case "undeclared-access-key":
      return fact.userName === "root"
        ? "Sign in as the root user and delete the key: the root user has none."
        : `${run("update-access-key", ["user-name", fact.userName], ["access-key-id", "<id>"], ["status", "Inactive"])}, and delete it when nothing breaks.`;
    case "undeclared-ssh-key":
      return `${run("delete-ssh-public-key", ["user-name", fact.userName], ["ssh-public-key-id", "<id>"])}.`;
    case "undeclared-service-credential":
      return `${run("delete-service-specific-credential", ["user-name", fact.userName], ["service-specific-credential-id", "<id>"])}.`;
    case "undeclared-signing-certificate":
      return `${run("delete-signing-certificate", ["user-name", fact.userName], ["certificate-id", "<id>"])}.`;
    case "undeclared-mfa-device":
      return `Ask the owner; if nobody knows it: ${aws("deactivate-mfa-device", ["user-name", fact.userName], ["serial-number", "<serial>"])}.`;
  }
}

function nameOption({ kind, name }: AnyPrincipal): readonly [string, string] {
  return [`${kind}-name`, name];
}

function run(call: string, ...options: readonly (readonly [string, string])[]): string {
  return `Run ${aws(call, ...options)}`;
}

function aws(call: string, ...options: readonly (readonly [string, string])[]): string {
  const words = options.map(
    ([name, value]) => ` --${name} ${/^<\w+>$/.test(value) ? value : shellWord(value)}`,
  );
  return `\`aws iam ${call}${words.join("")}\``;
}
