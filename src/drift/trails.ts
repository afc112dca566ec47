import type { AccessFact } from "./access-fact";
import type { Trail } from "./drift-finding";
import type { UndeclaredFact } from "./undeclared-fact";

const PRINCIPAL_WORDS = { user: "User", group: "Group", role: "Role" } as const;

/** The calls that can have made a fact. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html */
export function trailOf(fact: AccessFact): Trail | undefined {
  switch (fact.kind) {
    case "policy-attached":
    case "key-quarantined":
      return {
        resourceName: fact.principal.name,
        events: changes(fact.principal.kind, fact.policy.kind, "Attach", "Put"),
      };
    case "policy-detached":
      return {
        resourceName: fact.principal.name,
        events: changes(fact.principal.kind, fact.policy.kind, "Detach", "Delete"),
      };
    case "policy-changed":
      return undefined;
    case "policy-deleted":
      return { resourceName: fact.policy.arn ?? fact.policy.name, events: ["DeletePolicy"] };
    case "group-joined":
      return { resourceName: fact.user.name, events: ["AddUserToGroup"] };
    case "group-left":
      return { resourceName: fact.user.name, events: ["RemoveUserFromGroup"] };
    case "trust-changed":
      return { resourceName: fact.actual.name, events: ["UpdateAssumeRolePolicy"] };
    case "session-changed":
      return { resourceName: fact.role.name, events: ["UpdateRole"] };
    case "boundary-changed": {
      const word = PRINCIPAL_WORDS[fact.principal.kind];
      return {
        resourceName: fact.principal.name,
        events: [`Put${word}PermissionsBoundary`, `Delete${word}PermissionsBoundary`],
      };
    }
    case "instance-profile-added":
      return { resourceName: fact.role.name, events: ["AddRoleToInstanceProfile"] };
    case "principal-deleted": {
      const word = PRINCIPAL_WORDS[fact.principal.kind];
      return { resourceName: fact.principal.name, events: [`Delete${word}`, `Update${word}`] };
    }
    case "principal-recreated": {
      const [arn = ""] = fact.arns;
      const name = arn.slice(arn.lastIndexOf("/") + 1);
      return name === ""
        ? undefined
        : { resourceName: name, events: ["CreateUser", "CreateRole", "DeleteUser", "DeleteRole"] };
    }
  }
}

function changes(
  principal: keyof typeof PRINCIPAL_WORDS,
  policy: "managed" | "aws-managed" | "inline" | "trust",
  managed: "Attach" | "Detach",
  inline: "Put" | "Delete",
): readonly string[] {
  const word = PRINCIPAL_WORDS[principal];
  return [policy === "inline" ? `${inline}${word}Policy` : `${managed}${word}Policy`];
}

const CREATIONS: Readonly<Record<UndeclaredFact["kind"], readonly string[]>> = {
  "undeclared-user": ["CreateUser", "UpdateUser"],
  "undeclared-group": ["CreateGroup", "UpdateGroup"],
  "undeclared-role": ["CreateRole", "UpdateAssumeRolePolicy"],
  "undeclared-policy": ["CreatePolicy"],
  "undeclared-identity-provider": ["CreateOpenIDConnectProvider", "CreateSAMLProvider"],
  "undeclared-password": ["CreateLoginProfile", "UpdateLoginProfile"],
  "undeclared-access-key": ["CreateAccessKey", "UpdateAccessKey"],
  "undeclared-ssh-key": ["UploadSSHPublicKey"],
  "undeclared-service-credential": ["CreateServiceSpecificCredential"],
  "undeclared-signing-certificate": ["UploadSigningCertificate"],
  "undeclared-mfa-device": ["EnableMFADevice"],
};

export function trailOfUndeclared(fact: UndeclaredFact): Trail {
  const events = CREATIONS[fact.kind];
  switch (fact.kind) {
    case "undeclared-user":
      return { resourceName: fact.user.name, events };
    case "undeclared-group":
      return { resourceName: fact.group.name, events };
    case "undeclared-role":
      return { resourceName: fact.role.name, events };
    case "undeclared-policy":
      return { resourceName: fact.policy.arn ?? fact.policy.name, events };
    case "undeclared-identity-provider":
      return { resourceName: fact.arn, events };
    default:
      return { resourceName: fact.userName, events };
  }
}
