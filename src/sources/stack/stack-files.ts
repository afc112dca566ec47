import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { AccessSourceError } from "../resource/access-source-error";
import { STACK_FILES_BESIDE, STACKS_MISSING } from "../resource/source-refusals";

/** What cdktf writes a stack into. */
export const STACK_FILE = "cdk.tf.json";

/** A stack of an outdir, by the name of its folder. */
export interface StackFile {
  readonly name: string;
  readonly file: string;
}

/**
 * The stacks of an outdir, or the one stack whose folder is given.
 *
 * @throws AccessSourceError where there is none, or one stands beside further files that Terraform would read
 */
export function stackFiles(directory: string): readonly StackFile[] {
  const alone = join(directory, STACK_FILE);
  if (existsSync(alone)) {
    refuseOthers(directory);
    return [{ name: directory.replace(/^.*[\\/](?=[^\\/]+[\\/]?$)/, ""), file: alone }];
  }
  const stacks = join(directory, "stacks");
  const names = existsSync(stacks) ? readdirSync(stacks).sort() : [];
  const files = names
    .map((name) => ({ name, folder: join(stacks, name), file: join(stacks, name, STACK_FILE) }))
    .filter(({ file }) => existsSync(file));
  for (const { folder } of files) refuseOthers(folder);
  if (files.length > 0) return files.map(({ name, file }) => ({ name, file }));
  throw new AccessSourceError(STACKS_MISSING, {
    location: directory,
    expected: `a folder with stacks/NAME/${STACK_FILE}`,
    got: existsSync(directory) ? "a folder without stacks" : "no such folder",
    remedy: "synthesize first, and give the outdir (cdktf.out by default)",
  });
}

/**
 * Terraform and OpenTofu read these of a folder, whatever else they are called; not those that an editor leaves behind.
 *
 * @see https://developer.hashicorp.com/terraform/language/files
 * @see https://developer.hashicorp.com/terraform/language/values/variables#variable-definitions-tfvars-files
 */
const READ_BY_TERRAFORM =
  /\.(?:tf|tofu)(?:\.json)?$|^terraform\.tfvars(?:\.json)?$|\.auto\.tfvars(?:\.json)?$/;
const LEFT_BY_EDITORS = /^\.|~$|^#.*#$/;

function refuseOthers(folder: string): void {
  const others = readdirSync(folder).filter(
    (name) => name !== STACK_FILE && READ_BY_TERRAFORM.test(name) && !LEFT_BY_EDITORS.test(name),
  );
  if (others.length === 0) return;
  throw new AccessSourceError(STACK_FILES_BESIDE, {
    location: folder,
    expected: `${STACK_FILE} alone`,
    got: `${others.sort().join(", ")} beside it`,
    remedy: "remove it, or give a plan (--from-plan, --plan), which has all of it",
  });
}
