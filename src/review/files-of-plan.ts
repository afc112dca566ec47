import { blocks, isRecord } from "../sources/resource/json-shape";

/** A file that an apply uploads, and the SHA-256 of its content that the plan says, in base64. */
export interface PlannedFile {
  readonly address: string;
  /** As the plan writes it: relative to the folder of the stack. */
  readonly path: string;
  /** Nothing where the plan does not say it, or says it only after the apply. */
  readonly sha256: string | undefined;
}

/** Attributes that name a file which is read at apply, and the one beside it that says its hash. */
const NAMING: readonly (readonly [file: string, hash: string])[] = [
  ["filename", "source_code_hash"],
  ["source", "source_hash"],
];

/** Files that an apply of a plan reads: archives of functions and layers, objects of buckets. */
export function filesOfPlan(plan: unknown): readonly PlannedFile[] {
  if (!isRecord(plan)) return [];
  return blocks(plan["resource_changes"]).flatMap(
    ({ address, type, mode, change }): readonly PlannedFile[] => {
      if (!isRecord(change) || mode === "data" || !/^aws_(?:lambda|s3_(?:bucket_)?object)/.test(String(type)))
        return [];
      const actions = [change["actions"]].flat();
      const { after } = change;
      if (!isRecord(after) || !(actions.includes("create") || actions.includes("update"))) return [];
      return NAMING.flatMap(([file, hash]) => {
        const [path, said] = [after[file], after[hash]];
        if (typeof path !== "string" || path === "") return [];
        const sha256 = typeof said === "string" && /^[A-Za-z0-9+/]{43}=$/.test(said) ? said : undefined;
        return [{ address: String(address), path, sha256 }];
      });
    },
  );
}
