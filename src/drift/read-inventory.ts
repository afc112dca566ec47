import {
  type AccountInventory,
  type Answer,
  INVENTORY_FORMAT,
  type InventoryDetails,
  type InventoryKey,
  type RegionalInventory,
  type UserCredentials,
} from "../aws/inventory";
import { type CredentialReportRow, hasKey } from "../credentials/credential-report";
import { AccessSourceError, described } from "../sources/resource/access-source-error";
import { isRecord, type JsonRecord, record } from "../sources/resource/json-shape";
import {
  ACCOUNT_AMBIGUOUS,
  SOURCE_FORMAT_UNKNOWN,
  SOURCE_INVALID,
} from "../sources/resource/source-refusals";

const REMEDY =
  "give a file that baseline drift --save-inventory wrote, or the output of aws iam get-account-authorization-details";

/**
 * An inventory from a file: one of ours, or plain authorization details, which hold no credentials. A credential report
 * beside it tells of passwords, keys and certificates.
 *
 * @param rows of the credential report; nothing: there is none
 * @throws AccessSourceError when the file is something else
 */
export function readInventory(
  json: unknown,
  file: string,
  rows?: readonly CredentialReportRow[],
): AccountInventory {
  const given = record(json, file, REMEDY);
  const inventory = given["format"] === undefined ? fromDetails(given, file) : ownFormat(given, file);
  return rows === undefined ? inventory : withReport(inventory, rows);
}

function ownFormat(given: JsonRecord, file: string): AccountInventory {
  if (given["format"] !== INVENTORY_FORMAT) {
    throw new AccessSourceError(SOURCE_FORMAT_UNKNOWN, {
      location: `${file}: format`,
      expected: JSON.stringify(INVENTORY_FORMAT),
      got: described(given["format"]),
      remedy: "update this tool, or take the inventory again",
    });
  }
  const users = Object.entries(record(given["users"], `${file}: users`, REMEDY)).map(
    ([name, user]) => [name, credentials(user, `${file}: users.${name}`)] as const,
  );
  const answerOf = <T>(name: string, shape: Shape) => answer<T>(given[name], `${file}: ${name}`, shape);
  return {
    format: INVENTORY_FORMAT,
    accountId: accountId(given["accountId"], `${file}: accountId`),
    takenAt: String(given["takenAt"] ?? ""),
    authorizationDetails: record(given["authorizationDetails"], `${file}: authorizationDetails`, REMEDY),
    users: Object.fromEntries(users),
    roleSessions: answerOf("roleSessions", "object"),
    oidcProviders: answerOf("oidcProviders", "list"),
    samlProviders: answerOf("samlProviders", "list"),
    passwordPolicy: answerOf("passwordPolicy", "object or null"),
    summary: answerOf("summary", "object"),
    ...(given["details"] !== undefined && { details: details(given["details"], `${file}: details`) }),
    ...(given["regional"] !== undefined && { regional: regional(given["regional"], `${file}: regional`) }),
  };
}

function regional(value: unknown, location: string): RegionalInventory {
  const given = record(value, location, REMEDY);
  const answers = <T>(name: string, shape: Shape) =>
    Object.fromEntries(
      Object.entries(record(given[name], `${location}.${name}`, REMEDY)).map(
        ([key, item]) => [key, answer<T>(item, `${location}.${name}.${key}`, shape)] as const,
      ),
    );
  return {
    region: String(given["region"] ?? ""),
    functions: answer(given["functions"], `${location}.functions`, "list"),
    functionPolicies: answers("functionPolicies", "text or null"),
    schedules: answer(given["schedules"], `${location}.schedules`, "list"),
    subscriptions: answers("subscriptions", "list"),
  };
}

function details(value: unknown, location: string): InventoryDetails {
  const given = record(value, location, REMEDY);
  const of = <T>(name: keyof InventoryDetails, shape: Shape = "object") =>
    answer<T>(given[name], `${location}.${name}`, shape);
  return {
    roleDescriptions: of("roleDescriptions"),
    policies: of("policies"),
    oidcProviders: of("oidcProviders"),
    samlProviders: of("samlProviders"),
    alias: of("alias", "text or null"),
    passwordLastUsed: of("passwordLastUsed"),
    keysLastUsed: of("keysLastUsed"),
  };
}

function credentials(value: unknown, location: string): UserCredentials {
  const given = record(value, location, REMEDY);
  const list = <T>(name: keyof UserCredentials) =>
    answer<readonly T[]>(given[name], `${location}.${name}`, "list");
  return {
    loginProfile: answer(given["loginProfile"], `${location}.loginProfile`, "object or null"),
    accessKeys: list("accessKeys"),
    mfaDevices: list("mfaDevices"),
    sshPublicKeys: list("sshPublicKeys"),
    serviceSpecificCredentials: list("serviceSpecificCredentials"),
    signingCertificates: list("signingCertificates"),
  };
}

type Shape = "list" | "object" | "object or null" | "text or null";

function answer<T>(value: unknown, location: string, shape: Shape): Answer<T> {
  const given = record(value, location, REMEDY);
  if (typeof given["notChecked"] === "string") return { notChecked: given["notChecked"] };
  const found = given["value"];
  if (fits(found, shape)) return { value: found as T };
  throw new AccessSourceError(SOURCE_INVALID, {
    location: `${location}.value`,
    expected: `a${shape === "list" ? "" : "n"} ${shape}`,
    got: described(found),
    remedy: REMEDY,
  });
}

function fits(value: unknown, shape: Shape): boolean {
  switch (shape) {
    case "list":
      return Array.isArray(value);
    case "object":
      return isRecord(value);
    case "object or null":
      return isRecord(value) || value === null;
    case "text or null":
      return typeof value === "string" || value === null;
  }
}

function accountId(value: unknown, location: string): string {
  if (typeof value === "string" && /^\d{12}$/.test(value)) return value;
  throw new AccessSourceError(SOURCE_INVALID, {
    location,
    expected: "12 digits",
    got: described(value),
    remedy: REMEDY,
  });
}

/** The account's id is in every ARN; without one there is nothing to judge. */
function fromDetails(details: JsonRecord, file: string): AccountInventory {
  const found = accountsIn(details);
  const [account] = found;
  if (account === undefined || found.length > 1) {
    throw new AccessSourceError(ACCOUNT_AMBIGUOUS, {
      location: file,
      expected: "the users, groups, roles and policies of one account",
      got: account === undefined ? described(details) : `those of ${found.join(", ")}`,
      remedy: REMEDY,
    });
  }
  const notAsked = "the file holds no more than the authorization details";
  const notChecked = { notChecked: notAsked, isNotAsked: true } as const;
  return {
    format: INVENTORY_FORMAT,
    accountId: account,
    takenAt: "",
    notAsked,
    authorizationDetails: details,
    users: {},
    roleSessions: notChecked,
    oidcProviders: notChecked,
    samlProviders: notChecked,
    passwordPolicy: notChecked,
    summary: notChecked,
  };
}

function accountsIn(details: JsonRecord): readonly string[] {
  const lists = ["UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"];
  const arns = lists.flatMap((name) => {
    const items: unknown = details[name];
    return Array.isArray(items) ? items.map((item) => (isRecord(item) ? String(item["Arn"]) : "")) : [];
  });
  return [...new Set(arns.flatMap((arn) => /^arn:[^:]*:iam::(\d{12}):/.exec(arn)?.[1] ?? []))];
}

/** What the report tells, for users of whom nothing better is known. */
function withReport(inventory: AccountInventory, rows: readonly CredentialReportRow[]): AccountInventory {
  const notChecked = (what: string) =>
    ({ notChecked: `a credential report does not tell ${what}`, isNotAsked: true }) as const;
  const users = rows
    .filter(({ arn, user }) => !arn.endsWith(":root") && !Object.hasOwn(inventory.users, user))
    .map((row): readonly [string, UserCredentials] => [
      row.user,
      {
        loginProfile: { value: row.passwordEnabled === true ? {} : null },
        accessKeys: { value: row.accessKeys.filter(hasKey).map(keyOf) },
        mfaDevices: notChecked("which MFA devices there are"),
        sshPublicKeys: notChecked("of SSH keys"),
        serviceSpecificCredentials: notChecked("of service-specific credentials"),
        signingCertificates: {
          value: row.certificates
            .filter(({ active, lastRotated }) => active || lastRotated instanceof Date)
            .map(({ active }) => ({ status: active ? "Active" : "Inactive" })),
        },
      },
    ]);
  return { ...inventory, users: { ...inventory.users, ...Object.fromEntries(users) } };
}

function keyOf({ active, lastRotated }: CredentialReportRow["accessKeys"][number]): InventoryKey {
  return {
    maskedId: "",
    status: active ? "Active" : "Inactive",
    ...(lastRotated instanceof Date && { createDate: lastRotated.toISOString() }),
  };
}
