import { createHash, type Hash } from "node:crypto";

/** Parts of a plan that say when it was made, not what it does. */
const WITHOUT_MEANING: ReadonlySet<string> = new Set(["timestamp"]);

/**
 * `sha256:` of the canonical content of a plan (`terraform show -json PLANFILE`): keys sorted, without the time at
 * which it was made. Two plans with one digest do the same to the same state by the same configuration.
 */
export function contentDigest(value: unknown): string {
  const hash = createHash("sha256");
  feed(hash, value, true);
  return `sha256:${hash.digest("hex")}`;
}

function feed(hash: Hash, value: unknown, isTop: boolean): void {
  if (Array.isArray(value)) {
    hash.update("[");
    for (const item of value) {
      feed(hash, item, false);
      hash.update(",");
    }
    hash.update("]");
  } else if (typeof value === "object" && value !== null) {
    hash.update("{");
    const object = value as Readonly<Record<string, unknown>>;
    for (const key of Object.keys(object).sort()) {
      if (isTop && WITHOUT_MEANING.has(key)) continue;
      hash.update(`${JSON.stringify(key)}:`);
      feed(hash, object[key], false);
      hash.update(",");
    }
    hash.update("}");
  } else {
    hash.update(JSON.stringify(value ?? null));
  }
}
