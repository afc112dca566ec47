/**
 * Deploys `personal` to the AWS emulator with terraform, changes the account behind Terraform's back, has it repaired
 * and destroys it. Needs the AWS provider: from the public registry, or from a mirror (see provider-missing.ts).
 *
 *   npm run e2e                                    terraform from PATH
 *   TERRAFORM_BINARY_NAME=tofu npm run e2e         another binary
 *   TF_CLI_CONFIG_FILE=mirror.tfrc npm run e2e     providers from a filesystem mirror
 *
 * Exit code 0: every step passed. 1: a step failed, and those after it were not tried.
 */
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { IAMClient } from "@aws-sdk/client-iam";
import { EMULATOR_ACCOUNT_ID, startEmulator } from "../support/emulator";
import type { Deployment } from "./deployment";
import { startEmulatorGateway } from "./emulator-gateway";
import { providerMissing } from "./provider-missing";
import { steps } from "./steps";
import { synthesizePersonal } from "./synthesized-stack";
import { Terraform } from "./terraform";

async function main(): Promise<boolean> {
  const started = performance.now();
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "iam-baseline-e2e-")));
  const removeFolder = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  process.once("SIGINT", () => {
    removeFolder();
    process.exit(130); // the emulator ends with this process
  });
  const emulator = await startEmulator();
  const gateway = await startEmulatorGateway(emulator.endpoint);
  const iam = new IAMClient(emulator.client);
  try {
    const stack = synthesizePersonal(folder, EMULATOR_ACCOUNT_ID);
    // a file that exists and says nothing, so that no profile of this machine is read
    const emptyConfiguration = join(folder, "aws-config");
    writeFileSync(emptyConfiguration, "");
    const terraform = new Terraform(stack.directory, {
      ...emulator.environment,
      AWS_ENDPOINT_URL: gateway.endpoint,
      AWS_CONFIG_FILE: emptyConfiguration,
      AWS_SHARED_CREDENTIALS_FILE: emptyConfiguration,
      NO_PROXY: "127.0.0.1,localhost",
      no_proxy: "127.0.0.1,localhost",
    });
    const deployment: Deployment = { folder, stack, terraform, iam };
    for (const [index, [title, run]] of steps.entries()) {
      process.stdout.write(`${String(index + 1).padStart(2)}. ${title} ... `);
      const from = performance.now();
      try {
        const note = await run(deployment);
        console.log(`ok (${seconds(from)})${note ? `: ${note}` : ""}`);
      } catch (error) {
        console.log(`FAILED (${seconds(from)})`);
        console.error(providerMissing(error, terraform.binary) ?? messageOf(error));
        if (gateway.unanswered.size > 0)
          console.error(`The emulator could not answer: ${[...gateway.unanswered].join(", ")}.`);
        console.error(`\n${index} of ${steps.length} steps passed, step ${index + 1} failed (${title}).`);
        return false;
      }
    }
    const calls = [...gateway.calls.values()].reduce((sum, count) => sum + count, 0);
    console.log(
      `\n${steps.length} of ${steps.length} steps passed in ${seconds(started)}; terraform made ${calls} calls of ${gateway.calls.size} actions.`,
    );
    return true;
  } finally {
    iam.destroy();
    await gateway.stop();
    await emulator.stop();
    removeFolder();
  }
}

const seconds = (from: number) => `${((performance.now() - from) / 1000).toFixed(1)} s`;
const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

main().then(
  (passed) => {
    process.exitCode = passed ? 0 : 1;
  },
  (error: unknown) => {
    console.error(`The end-to-end run could not start: ${messageOf(error)}`);
    process.exitCode = 1;
  },
);
