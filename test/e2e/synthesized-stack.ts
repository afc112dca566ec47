import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import { local } from "../../src/environment/backend";
import type { Environment } from "../../src/environment/environment";
import { validateBaseline } from "../../src/proofs/validate-baseline";
import { addBaseline } from "../../src/stacks/baseline";
import { personal } from "../shipped/personal";
import type { PlannedChange } from "./terraform";

/** The stack of `personal` that this run deploys. */
export interface SynthesizedStack {
  readonly environment: Environment;
  readonly id: string;
  /** The folder that terraform runs in. */
  readonly directory: string;
  readonly stateFile: string;
  /** Every address of the configuration. */
  readonly addresses: readonly string[];
  /** A change as `type construct/path: actions`: addresses end in a hash that says nothing to a reader. */
  describe(change: PlannedChange): string;
}

interface Synthesized {
  readonly resource: Readonly<
    Record<
      string,
      Readonly<Record<string, { readonly "//": { readonly metadata: { readonly path: string } } }>>
    >
  >;
}

/**
 * Synthesizes `personal`, as it is shipped but for the account and the state: the emulator's account, and files below
 * the folder of this run.
 */
export function synthesizePersonal(folder: string, accountId: string): SynthesizedStack {
  const input = { ...personal, accountId, backend: local(join(folder, "state")) };
  const [environment] = validateBaseline([input], new Date());
  if (environment === undefined) throw new Error("validation gave no environment back");
  const app = new App({ outdir: join(folder, "cdktf.out") });
  addBaseline(app, [environment]);
  app.synth();

  const id = `${environment.name}-identity`;
  const directory = join(folder, "cdktf.out", "stacks", id);
  const { resource } = JSON.parse(readFileSync(join(directory, "cdk.tf.json"), "utf8")) as Synthesized;
  const paths = new Map<string, string>(
    Object.entries(resource).flatMap(([type, byName]) =>
      Object.entries(byName).map(
        ([name, { "//": about }]) => [`${type}.${name}`, about.metadata.path] as const,
      ),
    ),
  );
  return {
    environment,
    id,
    directory,
    stateFile: join(folder, "state", `${id}.tfstate`),
    addresses: [...paths.keys()].sort(),
    describe: ({ address, type, change }) =>
      `${type} ${paths.get(address) ?? address}: ${change.actions.join(" and ")}`,
  };
}
