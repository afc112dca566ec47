import type { Environment } from "../../environment/environment";

/** What of this machine decides what comes next. */
export interface Progress {
  /** Major version of Node.js. */
  readonly node: number;
  /** Terraform or OpenTofu is on the PATH. */
  readonly terraform: boolean;
  /** The state of the identity stack is there; undefined: it lies where nobody looked. */
  readonly deployed: boolean | undefined;
  /** Devices whose profiles are written. */
  readonly configured: readonly string[];
}

/** Accounts of examples, which nobody deploys to. */
const EXAMPLES: ReadonlySet<string> = new Set(["111122223333", "444455556666", "123456789012"]);

/** The one thing to do next, as a line to copy where it is a command. */
export function nextStep(environment: Environment, progress: Progress): string {
  const { name, accountId, devices } = environment;
  const deploy = progress.node >= 24 ? "npx -p cdktn-cli@0.24.0 cdktn deploy" : "npx cdktf deploy";
  if (EXAMPLES.has(accountId)) {
    return `account ${accountId} is an example: npm run init makes a project of your own (docs/bootstrap.md)`;
  }
  if (progress.deployed !== true && !progress.terraform) {
    return "install Terraform 1.10 or later, or OpenTofu (docs/bootstrap.md, step 2)";
  }
  if (progress.deployed === false) return `${deploy} '${name}-identity'`;
  const [device] = Object.keys(devices).filter((one) => !progress.configured.includes(one));
  if (progress.deployed === true && device !== undefined && progress.configured.length === 0) {
    return `on ${device}: iam-baseline device config ${device} --environment ${name} --write, then device onboard ${device} --yes`;
  }
  if (progress.deployed === true) return `iam-baseline doctor ${name}`;
  return `${deploy} '${name}-*', where it is not deployed yet; then iam-baseline doctor ${name}`;
}
