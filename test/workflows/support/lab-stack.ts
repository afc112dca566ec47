import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A stack that needs no provider from a registry: a user, and a role that knows the user only once it exists. */
export function labStack(role: Readonly<Record<string, unknown>> = {}) {
  return {
    terraform: { backend: { local: { path: "../../lab.tfstate" } } },
    resource: {
      terraform_data: {
        user: { input: "alice" },
        role: { input: "${terraform_data.user.id}", ...role },
      },
    },
  };
}

/** Writes a stack into an outdir as cdktf does, and returns its folder. */
export function writeStack(outdir: string, name: string, stack: unknown): string {
  const folder = join(outdir, "stacks", name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(stack));
  return folder;
}
