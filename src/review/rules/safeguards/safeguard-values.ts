/** An attribute whose value is not known before the apply, as the graph writes it. */
export function isUnknownAttribute(value: unknown): value is { readonly reason: string } {
  return typeof value === "object" && value !== null && (value as { unknown?: unknown }).unknown === true;
}

/** Without order where there is none, and without the addresses of unknown values: equal texts are equal values. */
export function normalized(value: unknown): string {
  return (
    JSON.stringify(value, (_key, item: unknown) => {
      if (isUnknownAttribute(item)) return { unknown: item.reason };
      // a file may write 1 or "1", true or "true"
      if (typeof item === "number" || typeof item === "boolean") return String(item);
      if (Array.isArray(item) && item.every((entry) => typeof entry === "string")) return [...item].sort();
      if (typeof item === "object" && item !== null && !Array.isArray(item)) {
        return Object.fromEntries(Object.entries(item).sort(([left], [right]) => (left < right ? -1 : 1)));
      }
      return item;
    }) ?? ""
  );
}
