import { type CredentialReportRow, hasKey, pathOf, type ReportKey } from "../credential-report";
import { wholeDays } from "../days";
import type { AuditInput, DeclaredUser, UserKind } from "./audit-input";

/** A row of the report beside what the environment says of the user. */
export interface AuditedUser {
  readonly row: CredentialReportRow;
  /** `user/NAME`. */
  readonly address: string;
  /** `/` for a user without one. */
  readonly path: string;
  /** What the environment declares him to be, under the path it declares. */
  readonly declaredAs: UserKind | undefined;
  /** What his path makes of him, declared or not. */
  readonly pathKind: UserKind | undefined;
  /** Where the environment declares the name, but under this other path. */
  readonly declaredPath: string | undefined;
}

/** @param declared the environment's users by name */
export function auditedUser(
  row: CredentialReportRow,
  declared: ReadonlyMap<string, DeclaredUser>,
  { paths }: Pick<AuditInput, "paths">,
): AuditedUser {
  const path = pathOf(row) ?? "/";
  const declaration = declared.get(row.user);
  const kinds: readonly UserKind[] = ["device", "ci", "break-glass"];
  return {
    row,
    address: `user/${row.user}`,
    path,
    declaredAs: declaration?.path === path ? declaration.kind : undefined,
    pathKind: kinds.find((kind) => path.startsWith(paths[kind])),
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
