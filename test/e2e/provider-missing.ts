import { TerraformError } from "./terraform";

/**
 * What to tell when `terraform init` got no provider, or when there is no terraform: what failed, and how to supply what
 * is missing. Nothing for any other error.
 */
export function providerMissing(error: unknown, binary: string): string | undefined {
  if (!(error instanceof TerraformError)) return undefined;
  if (error.exitCode === null && error.command === "version") {
    return `${binary} could not be started (${error.output}); install Terraform 1.10 or later, or name another binary by TERRAFORM_BINARY_NAME`;
  }
  if (error.command !== "init") return undefined;
  return `${error.message}

Neither the registry nor a mirror gave the providers that the stack pins (hashicorp/aws and hashicorp/random, versions
in cdk.tf.json). Run this where the public registry can be reached (HTTPS_PROXY is honoured), or bring a mirror:

  1. where the registry answers, in a checkout:
       npm start
       terraform -chdir=cdktf.out/stacks/personal-identity providers mirror /path/to/mirror
  2. here, a file mirror.tfrc with
       provider_installation {
         filesystem_mirror {
           path = "/path/to/mirror"
         }
       }
  3. TF_CLI_CONFIG_FILE=mirror.tfrc npm run e2e`;
}
