import type { AccountInventory, Answer } from "../aws/inventory";

/** Credentials of one user, counted: nothing of them is ever taken into Terraform. */
export interface CredentialNote {
  readonly user: string;
  /** `a password, 2 access keys (1 active), an MFA device`. */
  readonly what: string;
}

/** What users sign in with, of users that have anything; what nobody asked or IAM did not answer is said. */
export function credentialNotes({ users }: AccountInventory): readonly CredentialNote[] {
  return Object.entries(users).flatMap(([user, credentials]) => {
    const active = listed(credentials.accessKeys).filter(({ status }) => status === "Active").length;
    const parts = [
      ...("value" in credentials.loginProfile && credentials.loginProfile.value !== null
        ? ["a password"]
        : []),
      ...counted(credentials.accessKeys, "access key", ` (${active} active)`),
      ...counted(credentials.mfaDevices, "MFA device"),
      ...counted(credentials.sshPublicKeys, "SSH key"),
      ...counted(credentials.serviceSpecificCredentials, "service-specific credential"),
      ...counted(credentials.signingCertificates, "signing certificate"),
    ];
    return parts.length === 0 ? [] : [{ user, what: parts.join(", ") }];
  });
}

function counted(answer: Answer<readonly unknown[]>, what: string, more = ""): readonly string[] {
  if (!("value" in answer)) return answer.isNotAsked === true ? [] : [`${what}s not known`];
  const { length } = answer.value;
  return length === 0 ? [] : [`${length} ${what}${length === 1 ? "" : "s"}${more}`];
}

function listed<T>(answer: Answer<readonly T[]>): readonly T[] {
  return "value" in answer ? answer.value : [];
}
