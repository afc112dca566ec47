import type { Side } from "./reviewed-environment";
import type { StackFileDigest, StackFiles } from "./rules/by-nature/resource-change";

const FILE = "file ";

/** The files beside the stacks of one side. */
export function stackFilesOf(side: Side | undefined): StackFiles {
  const files = new Map<string, StackFileDigest>();
  const stacks = new Set<string>();
  for (const [id, { key, stack, value }] of side?.settings ?? []) {
    if (!key.startsWith(FILE)) continue;
    files.set(id, value as StackFileDigest);
    stacks.add(stack);
  }
  return {
    isKnown: (key) => stacks.has(stackOf(key)),
    find: (key, path) => files.get(`${stackOf(key)}:${FILE}${path.replace(/^\.\//, "")}`),
  };
}

function stackOf(key: string): string {
  return key.slice(0, Math.max(0, key.indexOf(":")));
}
