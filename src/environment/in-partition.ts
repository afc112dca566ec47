const OWN_PARTITION = /^arn:\$\{partition\}:/;

/**
 * A value in which ARNs that begin with `arn:${partition}:` are of this partition: the one of the environment's region,
 * which statements that several environments share do not know.
 */
export function inPartition<Value>(value: Value, partition: string): Value {
  return replaced(value, `arn:${partition}:`) as Value;
}

function replaced(value: unknown, prefix: string): unknown {
  if (typeof value === "string") return value.replace(OWN_PARTITION, () => prefix);
  if (Array.isArray(value)) return value.map((item) => replaced(item, prefix));
  if (typeof value !== "object" || value === null) return value;
  const items = Object.entries(value).map(([key, item]) => [key, replaced(item, prefix)]);
  return Object.assign(Object.create(Object.getPrototypeOf(value)), Object.fromEntries(items));
}
