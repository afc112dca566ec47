import type {
  AccountInventory,
  Answer,
  InventoryCredential,
  NoAnswer,
  UserCredentials,
} from "../aws/inventory";
import type { AccessGraph } from "../iam/graph";
import { type Gap, gapOf } from "./gaps";
import type { CredentialKind, UndeclaredFact } from "./undeclared-fact";
import { counted } from "./words";

export interface CredentialUser {
  readonly name: string;
  readonly arn: string;
  readonly isDeclared: boolean;
  /** Of the baseline by its path: it enrols MFA devices by self-service. */
  readonly isOwn: boolean;
}

export interface CredentialQuestion {
  /** Every user of the account. */
  readonly users: readonly CredentialUser[];
  readonly inventory: AccountInventory;
  /** Credentials that somebody's Terraform makes: `undeclared-password user/admin`. */
  readonly declaredCredentials: ReadonlySet<string>;
  /** User ARNs that enrol their own MFA device: those of devices and of break-glass. */
  readonly enrolsMfa: (arn: string) => boolean;
}

export interface CredentialFindings {
  readonly facts: readonly UndeclaredFact[];
  readonly gaps: readonly Gap[];
}

const WHAT: Readonly<Record<keyof UserCredentials, readonly [CredentialKind, string]>> = {
  loginProfile: ["undeclared-password", "passwords"],
  accessKeys: ["undeclared-access-key", "access keys"],
  mfaDevices: ["undeclared-mfa-device", "MFA devices"],
  sshPublicKeys: ["undeclared-ssh-key", "SSH keys"],
  serviceSpecificCredentials: ["undeclared-service-credential", "service-specific credentials"],
  signingCertificates: ["undeclared-signing-certificate", "signing certificates"],
};

/**
 * Credentials that nobody declared. Access keys of declared users are theirs to make, so only those of others and of the
 * root user are told; passwords, SSH keys, service-specific credentials and certificates have no place in the baseline.
 */
export function undeclaredCredentials({
  users,
  inventory,
  declaredCredentials,
  enrolsMfa,
}: CredentialQuestion): CredentialFindings {
  const facts: UndeclaredFact[] = [...rootKeys(inventory)];
  const unread = new Map<keyof UserCredentials, { users: number; answer: NoAnswer }>();
  const missing: NoAnswer =
    inventory.notAsked === undefined
      ? { notChecked: "the inventory holds no credentials of them" }
      : { notChecked: inventory.notAsked, isNotAsked: true };
  for (const { name, isDeclared, isOwn, arn } of users) {
    const found = Object.hasOwn(inventory.users, name) ? inventory.users[name] : undefined;
    const read = <T>(field: keyof UserCredentials, answer: Answer<T> | undefined): T | undefined => {
      if (answer !== undefined && "value" in answer) return answer.value;
      unread.set(field, { users: (unread.get(field)?.users ?? 0) + 1, answer: answer ?? missing });
      return undefined;
    };
    const add = (field: keyof UserCredentials, items: readonly string[], isActive = true) => {
      const [kind] = WHAT[field];
      if (items.length === 0 || declaredCredentials.has(`${kind} user/${name}`)) return;
      facts.push({
        kind,
        address: `user/${name}`,
        userName: name,
        isDeclaredUser: isDeclared,
        items,
        isActive,
      });
    };
    const profile = read("loginProfile", found?.loginProfile);
    if (profile !== undefined && profile !== null)
      add("loginProfile", [made("login profile", profile.createDate)]);
    const keys = read("accessKeys", found?.accessKeys) ?? [];
    if (!isDeclared) {
      const texts = keys.map(({ maskedId, status, createDate }) =>
        made([maskedId, status].filter((part) => part !== "").join(", "), createDate),
      );
      add("accessKeys", texts, keys.some(isActive));
    }
    const serials = read("mfaDevices", found?.mfaDevices) ?? [];
    if (isDeclared && isOwn)
      add(
        "mfaDevices",
        serials.filter((serial) => !isOwnDevice(serial, name, enrolsMfa(arn))),
      );
    for (const field of ["sshPublicKeys", "serviceSpecificCredentials", "signingCertificates"] as const) {
      const credentials = read(field, found?.[field]) ?? [];
      add(field, credentials.map(credentialText), credentials.some(isActive));
    }
  }
  const gaps = [...unread].map(([field, { users: count, answer }]) => {
    const [kind, what] = WHAT[field];
    return gapOf(kind, `${what} of ${counted(count, "user")}`, answer);
  });
  return { facts, gaps: [...gaps, ...rootGaps(inventory)] };
}

function rootGaps({ summary }: AccountInventory): readonly Gap[] {
  return "value" in summary ? [] : [gapOf("undeclared-access-key", "access keys of the root user", summary)];
}

const DECLARED_TYPES: Readonly<Record<string, CredentialKind>> = {
  aws_iam_access_key: "undeclared-access-key",
  aws_iam_service_specific_credential: "undeclared-service-credential",
  aws_iam_signing_certificate: "undeclared-signing-certificate",
  aws_iam_user_login_profile: "undeclared-password",
  aws_iam_user_ssh_key: "undeclared-ssh-key",
};

/** Credentials that stacks and other teams' states make, as findings are addressed. */
export function credentialsOf(graphs: readonly AccessGraph[]): ReadonlySet<string> {
  const found = graphs.flatMap(({ credentials = [] }) =>
    credentials.flatMap(({ type, userName }) => {
      const kind = DECLARED_TYPES[type];
      return kind === undefined ? [] : [`${kind} user/${userName}`];
    }),
  );
  return new Set(found);
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html */
function rootKeys({ summary }: AccountInventory): readonly UndeclaredFact[] {
  const count = "value" in summary ? Number(summary.value["AccountAccessKeysPresent"] ?? 0) : 0;
  if (!(count > 0)) return [];
  const common = { address: "root", userName: "root", isDeclaredUser: false, isActive: true } as const;
  return [{ kind: "undeclared-access-key", ...common, items: ["access key of the root user"] }];
}

/** What self-service lets a user enrol: virtual devices under its own name. */
function isOwnDevice(serial: string, name: string, mayEnrol: boolean): boolean {
  const device = /:mfa\/(.+)$/.exec(serial)?.[1];
  return mayEnrol && device !== undefined && (device === name || device.startsWith(`${name}/`));
}

function isActive({ status }: { readonly status: string }): boolean {
  return status === "Active";
}

function credentialText({ status, service, createDate }: InventoryCredential): string {
  return made([...(service === undefined ? [] : [service]), status].join(", "), createDate);
}

function made(text: string, date: string | undefined): string {
  return date === undefined ? text : `${text}, made ${date.slice(0, 10)}`;
}
