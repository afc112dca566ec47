import { type CredentialReportRow, hasKey, pathOf, type ReportKey, ROOT_ACCOUNT } from "../credential-report";
import { wholeDays } from "../days";
import type { AuditInput, DeclaredUser, UserKind } from "./audit-input";
import { AUDIT_LIMITS } from "./audit-limits";

/** A row of the report beside what the environment says of the user. */
export interface AuditedUser {
  readonly row: CredentialReportRow;
  /** `user/NAME`. */
  readonly address: string;
  /** `/` for a user without one. */
  readonly path: string;
  /** What the environment declares him to be, under the path it declares. */
  readonly declaredAs: UserKind | undefined;
  /** What his path makes of him, declared or not, here or in another environment of the account. */
  readonly pathKind: UserKind | undefined;
  /** Where the environment declares the name, but under this other path. */
  readonly declaredPath: string | undefined;
}

type Audited = Pick<AuditInput, "rows" | "declared" | "paths" | "neighbours" | "inCharge">;

/**
 * The users whom this audit judges: the environment's own by name or path; and, where it is in charge of the account,
 * strangers and users of environments that nobody else audits.
 */
export function auditedUsers(input: Audited): readonly AuditedUser[] {
  const declared = new Map(input.declared.map((user) => [user.userName, user]));
  return input.rows
    .filter(({ user }) => user !== ROOT_ACCOUNT)
    .map((row) => auditedUser(row, declared, input))
    .filter((user) => isOurs(user, input));
}

function isOurs(
  { path, declaredAs, declaredPath }: AuditedUser,
  { paths, neighbours = [], inCharge = true }: Audited,
): boolean {
  if (declaredAs !== undefined || declaredPath !== undefined) return true;
  if (Object.values(paths).some((own) => path.startsWith(own))) return true;
  const neighbour = neighbours.find(({ root }) => path.startsWith(root));
  return inCharge && neighbour?.audited !== true;
}

function auditedUser(
  row: CredentialReportRow,
  declared: ReadonlyMap<string, DeclaredUser>,
  { paths, neighbours = [] }: Audited,
): AuditedUser {
  const path = pathOf(row) ?? "/";
  const declaration = declared.get(row.user);
  const kinds: readonly UserKind[] = ["device", "ci", "break-glass"];
  return {
    row,
    address: `user/${row.user}`,
    path,
    declaredAs: declaration?.path === path ? declaration.kind : undefined,
    pathKind: kinds.find((kind) =>
      [paths, ...neighbours.map((neighbour) => neighbour.paths)].some((each) => path.startsWith(each[kind])),
    ),
    declaredPath: declaration?.path === path ? undefined : declaration?.path,
  };
}

/** A key slot that holds a key, with its number as the report counts. */
export interface HeldKey extends ReportKey {
  readonly slot: 1 | 2;
}

export function heldKeys({ accessKeys: [first, second] }: CredentialReportRow): readonly HeldKey[] {
  return [
    { slot: 1 as const, ...first },
    { slot: 2 as const, ...second },
  ].filter(hasKey);
}

export function activeKeys(row: CredentialReportRow): readonly HeldKey[] {
  return heldKeys(row).filter(({ active }) => active);
}

/** Age in whole days; nothing where the report has no date. */
export function ageOf(key: ReportKey, at: Date): number | undefined {
  return key.lastRotated instanceof Date ? wholeDays(key.lastRotated, at) : undefined;
}

/** Declared as one, or under the path of one. */
export function isBreakGlass({ declaredAs, pathKind }: AuditedUser): boolean {
  return declaredAs === "break-glass" || pathKind === "break-glass";
}

/** The last use of a password or key that the report shows. */
export function lastUse(row: CredentialReportRow): Date | undefined {
  return [row.passwordLastUsed, ...row.accessKeys.map(({ lastUsedDate }) => lastUsedDate)]
    .filter((use) => use instanceof Date)
    .sort((left, right) => right.getTime() - left.getTime())[0];
}

/** Two active keys, both used of late: two places, not a rotation. */
export function areBothInUse(row: CredentialReportRow, at: Date): boolean {
  const uses = activeKeys(row).map(({ lastUsedDate }) => lastUsedDate);
  return (
    uses.length === 2 &&
    uses.every((use) => use instanceof Date && wholeDays(use, at) <= AUDIT_LIMITS.recentUseDays)
  );
}

/** What a record holds of a user: names are the account's, and may be those of what every object has. */
export function ofUser<Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
