import { relative, resolve } from "node:path";
import { AwsProvider, type AwsProviderConfig } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, S3Backend, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { REACTIVATION_TAG_PREFIX } from "../credentials/reactivation";
import type { Backend } from "../environment/backend";
import type { Environment } from "../environment/environment";
import { localStateFile, type StackName, s3StateKey } from "../environment/state-place";

/** A stack of one environment: its id, its provider pinned to the account, its own state. */
export abstract class AccountStack extends TerraformStack {
  private readonly providerSettings: Pick<AwsProviderConfig, "region" | "allowedAccountIds" | "ignoreTags">;

  constructor(
    scope: Construct,
    protected readonly environment: Environment,
    name: StackName,
    settings: { readonly backend?: Backend; readonly region?: string } = {},
  ) {
    super(scope, `${environment.name}-${name}`);
    this.providerSettings = {
      region: settings.region ?? environment.region,
      allowedAccountIds: [environment.accountId],
      // written by whoever reactivates a key for some hours: an apply must not take them away, nor a plan call them drift
      ignoreTags: [{ keyPrefixes: [REACTIVATION_TAG_PREFIX] }],
    };
    new AwsProvider(this, "aws", {
      ...this.providerSettings,
      defaultTags: [
        { tags: { ...environment.tags, environment: environment.name, "managed-by": "iam-baseline" } },
      ],
    });
    keepState(this, environment, name, settings.backend ?? environment.backend);
  }

  /**
   * For what the account had before, which keeps its tags: IAM tells keys of tags apart without regard to letter case,
   * so that a default tag `environment` could not stand beside an `Environment` that is there already.
   *
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html#id_tags_rules_creating
   */
  protected providerWithoutDefaultTags(): AwsProvider {
    return new AwsProvider(this, "aws-existing", { ...this.providerSettings, alias: "existing" });
  }

  /**
   * cdktf resolves every element once more here, to find references to other stacks. Stacks of an environment meet by
   * names and ARNs and have none, so a sixth of the time of a synthesis is saved.
   */
  override prepareStack(): void {
    this.ensureBackendExists();
  }
}

function keepState(stack: TerraformStack, environment: Environment, name: StackName, backend: Backend): void {
  if (backend.type === "local") {
    const file = localStateFile(environment.name, backend.directory, name);
    new LocalBackend(stack, { path: localStatePath(stack, file) });
    return;
  }
  new S3Backend(stack, {
    bucket: backend.bucket,
    region: backend.region,
    key: s3StateKey(environment.name, backend.keyPrefix, name),
    encrypt: true,
    allowedAccountIds: [environment.accountId],
    ...(backend.kmsKeyArn !== undefined && { kmsKeyId: backend.kmsKeyArn }),
  });
  // cdktf 0.21 has no property for it; Terraform has it since 1.10
  stack.addOverride("terraform.backend.s3.use_lockfile", true);
}

/**
 * Terraform runs in the stack's folder below the outdir: the path leads from there back to the project, so that a
 * synthesized stack holds no path of the machine that made it.
 */
function localStatePath(stack: TerraformStack, file: string): string {
  const { outdir } = App.of(stack);
  const workingDirectory = resolve(outdir, "stacks", stack.node.id);
  const path = relative(workingDirectory, resolve(file));
  return path.replaceAll("\\", "/");
}
