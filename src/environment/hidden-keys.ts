/**
 * Where plain data has a key `__proto__`, which JavaScript takes for something else: written in a literal it becomes
 * the object's prototype, and what is declared under it would be left out in silence.
 */
export function hiddenKeys(value: unknown): readonly (readonly PropertyKey[])[] {
  const seen = new Set<unknown>();
  const search = (at: unknown, path: readonly PropertyKey[]): readonly (readonly PropertyKey[])[] => {
    if (typeof at !== "object" || at === null || seen.has(at)) return [];
    seen.add(at);
    const below = Object.entries(at).flatMap(([key, inner]) =>
      search(inner, [...path, Array.isArray(at) ? Number(key) : key]),
    );
    return isHiding(at) ? [[...path, "__proto__"], ...below] : below;
  };
  return search(value, []);
}

function isHiding(value: object): boolean {
  if (Object.hasOwn(value, "__proto__")) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  // of another realm, as in a test: plain objects have a prototype without one
  return (
    !Array.isArray(value) &&
    prototype !== null &&
    Object.getPrototypeOf(prototype) !== null &&
    (prototype as { constructor?: unknown }).constructor === Object
  );
}
