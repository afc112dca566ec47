/** Whose account something is. */
export type Ownership = "own" | "known" | "foreign";

export interface KnownAccounts {
  /** Accounts of the environment that changes. */
  readonly own: ReadonlySet<string>;
  /** Accounts of every environment under review. */
  readonly known: ReadonlySet<string>;
}

export function ownershipOf(account: string, { own, known }: KnownAccounts): Ownership {
  if (own.has(account)) return "own";
  return known.has(account) ? "known" : "foreign";
}

/** Account ids in a value: as such, and in ARNs and addresses of queues. */
export function accountsIn(value: unknown): readonly string[] {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  return [...new Set([...text.matchAll(/(?<![\w.-])\d{12}(?![\w-])/g)].map(([id]) => id))];
}

/** Accounts of others in a value; those of environments under review are none. */
export function foreignAccountsIn(value: unknown, accounts: KnownAccounts): readonly string[] {
  return accountsIn(value).filter((id) => ownershipOf(id, accounts) === "foreign");
}
