import { defineRule } from "../../../findings/rule";
import type { Severity } from "../../../findings/severity";
import type { DeclaredCredential } from "../../../iam/graph";
import { shownName } from "../../principals/principal-names";
import type { Draft } from "../../review-finding";
import type { PlannedAction } from "../../reviewed-environment";
import type { GraphSides } from "../graph-sides";

export const CREDENTIAL_CREATED = defineRule({
  id: "credential-created",
  area: "review",
  title: "Terraform makes or activates a password or key",
  severities: ["critical", "high", "medium"],
  why: "What Terraform makes is in its state, where everybody reads it who reads the state; and a password or key that nobody asked for is one that nobody misses. Where the secret itself is in the state it weighs critical.",
  example: {
    before: "people make their own access keys",
    after: 'aws_iam_access_key: { user: "home" }',
  },
  remedy: "Remove the resource: people make keys themselves, and nobody has a password.",
  reference: {
    title: "Terraform: sensitive data in state",
    url: "https://developer.hashicorp.com/terraform/language/state/sensitive-data",
  },
  since: "0.1.0",
});

const KINDS: Readonly<Record<string, readonly [what: string, severity: Severity]>> = {
  aws_iam_user_login_profile: ["a password, whose secret is in the state", "critical"],
  aws_iam_access_key: ["an access key, whose secret is in the state", "critical"],
  aws_iam_user_ssh_key: ["an SSH key for CodeCommit", "high"],
  aws_iam_service_specific_credential: ["service credentials, whose password is in the state", "critical"],
  aws_iam_signing_certificate: ["a signing certificate", "high"],
  aws_iam_virtual_mfa_device: ["an MFA device, whose seed is in the state", "high"],
  aws_iam_server_certificate: ["a server certificate, whose private key is in the state", "medium"],
};

/** Passwords and keys that Terraform makes or activates. */
export function credentialCreated({ before, after }: GraphSides): readonly Draft[] {
  const known = new Map((before.credentials ?? []).map((credential) => [credential.address, credential]));
  return (after.credentials ?? []).flatMap((credential): Draft[] => {
    const old = known.get(credential.address);
    const isSame =
      old !== undefined && old.userName === credential.userName && old.status === credential.status;
    if (isSame || (old !== undefined && credential.status === "Inactive")) return [];
    const [what, severity] = KINDS[credential.type] ?? ["a credential", "high" as const];
    return [
      {
        rule: CREDENTIAL_CREATED,
        severity,
        category: "credentials",
        address: credential.address,
        subjects: [ownerOf(credential)],
        predicate: `gets ${what}, ${old === undefined ? "made" : "activated"} by Terraform`,
      },
    ];
  });
}

function ownerOf({ userName, type }: DeclaredCredential): string {
  return userName === "" ? type : `user ${shownName(userName)}`;
}

/** Credentials whose replacement makes a new secret, in a state that others may read. */
const RENEWED: Readonly<Record<string, string>> = {
  aws_iam_access_key: "access key",
  aws_iam_user_login_profile: "password",
  aws_iam_service_specific_credential: "service credentials",
  aws_iam_virtual_mfa_device: "MFA device",
};

/** Credentials that a plan destroys and makes anew. */
export function credentialRenewed(actions: readonly PlannedAction[]): readonly Draft[] {
  return actions.flatMap(({ address, type, actions: steps }): Draft[] => {
    const what = RENEWED[type];
    if (what === undefined || !steps.includes("delete") || !steps.includes("create")) return [];
    return [
      {
        rule: CREDENTIAL_CREATED,
        severity: "critical",
        category: "credentials",
        address,
        subjects: [],
        predicate: `${what} ${address} is destroyed and made anew by Terraform: the new secret is in the state`,
      },
    ];
  });
}
