import type { Environment } from "./environment";

/** Names of the stacks that an environment can have; a stack's id is `<environment>-<name>`. */
export type StackName = "identity" | "credential-hygiene" | "detection" | "state-backend";

/** Where Terraform keeps the state of one stack. */
export type StatePlace =
  | {
      readonly type: "local";
      /** Path from the project: `state/prod-identity.tfstate`. */
      readonly file: string;
    }
  | { readonly type: "s3"; readonly bucket: string; readonly region: string; readonly key: string };

export function statePlace(
  { name, backend }: Pick<Environment, "name" | "backend">,
  stack: StackName,
): StatePlace {
  return backend.type === "local"
    ? { type: "local", file: localStateFile(name, backend.directory, stack) }
    : {
        type: "s3",
        bucket: backend.bucket,
        region: backend.region,
        key: s3StateKey(name, backend.keyPrefix, stack),
      };
}

export function localStateFile(environment: string, directory: string, stack: StackName): string {
  return `${directory}/${environment}-${stack}.tfstate`;
}

export function s3StateKey(environment: string, keyPrefix: string, stack: StackName): string {
  return `${keyPrefix}${environment}/${stack}.tfstate`;
}
