/** Numbers in the order in which things are first seen. */
export class Numbers {
  readonly #numbers = new Map<unknown, number>();
  readonly #named = new Map<string, number>();
  of(thing: unknown): number {
    const number = this.#numbers.get(thing) ?? this.#numbers.size;
    this.#numbers.set(thing, number);
    return number;
  }
  put(name: string, thing: unknown): number {
    const number = this.of(thing);
    this.#named.set(name, number);
    return number;
  }
  readonly find = (name: string): number | undefined => this.#named.get(name);
}
