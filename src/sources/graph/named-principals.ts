interface Entry<T> {
  readonly accountId: string;
  readonly principal: T;
}

/** Principals of one kind by name. A name is unique in an account; a source may hold several accounts. */
export class NamedPrincipals<out T> {
  readonly all: T[] = [];
  private readonly byName = new Map<string, Entry<T>[]>();

  add<U>(this: NamedPrincipals<U>, name: string, accountId: string, principal: U): void {
    this.all.push(principal);
    const present = this.byName.get(name);
    if (present === undefined) this.byName.set(name, [{ accountId, principal }]);
    else present.push({ accountId, principal });
  }

  /** The one with that name: the only one, or the one of the account. */
  find(name: string, accountId: string): T | undefined {
    const entries = this.byName.get(name) ?? [];
    if (entries.length <= 1) return entries[0]?.principal;
    const here = entries.filter((entry) => entry.accountId === accountId);
    return here.length === 1 ? here[0]?.principal : undefined;
  }
}
