import { createHash } from "node:crypto";

/** Parts of a plan that say when it was made, not what it does. */
const WITHOUT_MEANING: ReadonlySet<string> = new Set(["timestamp"]);

/**
 * `sha256:` of the canonical content of a plan (`terraform show -json PLANFILE`): keys sorted, without the time at
 * which it was made. Two plans with one digest do the same to the same state by the same configuration.
 */
export function contentDigest(value: unknown): string {
  const hash = createHash("sha256");
  let chunk = "";
  const write = (text: string): void => {
    chunk += text;
    if (chunk.length < CHUNK) return;
    hash.update(chunk);
    chunk = "";
  };
  feed(write, value, true);
  return `sha256:${hash.update(chunk).digest("hex")}`;
}

/** Characters that are hashed at a time: a plan of 50 MB is never one text. */
const CHUNK = 1 << 16;

function feed(write: (text: string) => void, value: unknown, isTop: boolean): void {
  if (Array.isArray(value)) {
    write("[");
    for (const item of value) {
      feed(write, item, false);
      write(",");
    }
    write("]");
  } else if (typeof value === "object" && value !== null) {
    write("{");
    const object = value as Readonly<Record<string, unknown>>;
    for (const key of Object.keys(object).sort()) {
      if (isTop && WITHOUT_MEANING.has(key)) continue;
      write(`${JSON.stringify(key)}:`);
      feed(write, object[key], false);
      write(",");
    }
    write("}");
  } else {
    write(JSON.stringify(value ?? null));
  }
}
