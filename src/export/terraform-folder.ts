import { exportReadme } from "./export-readme";
import {
  type ExportedFiles,
  type ExportedStack,
  type Json,
  withoutCdktf,
  withoutComments,
} from "./stack-export";
import { declarations, type StackVariables, variablesOf, withVariableNetworks } from "./variables";

/** A stack as a folder of Terraform's JSON syntax. */
export function terraformFolder(stack: ExportedStack): ExportedFiles {
  const configuration = withoutComments(withoutCdktf(stack)) as Json;
  const variables = variablesOf(configuration);
  const declared = declarations(variables);
  const main = {
    ...configuration,
    ...(Object.keys(declared).length > 0 && { variable: declared }),
    ...(configuration["provider"] !== undefined && { provider: providers(configuration, variables) }),
    ...(configuration["resource"] !== undefined && { resource: resources(configuration, variables) }),
  };
  return {
    "main.tf.json": `${JSON.stringify(main, null, 2)}\n`,
    "README.md": exportReadme(stack, Object.keys(declared)),
    ...(stack.lock !== undefined && { ".terraform.lock.hcl": stack.lock }),
  };
}

function providers(configuration: Json, { tags }: StackVariables): Json {
  return Object.fromEntries(
    Object.entries((configuration["provider"] ?? {}) as Record<string, readonly Json[]>).map(
      ([name, all]) => [
        name,
        all.map((provider) =>
          provider["default_tags"] === undefined || tags === undefined
            ? provider
            : { ...provider, default_tags: [{ tags: "${var.tags}" }] },
        ),
      ],
    ),
  );
}

function resources(configuration: Json, variables: StackVariables): Json {
  return Object.fromEntries(
    Object.entries((configuration["resource"] ?? {}) as Record<string, Record<string, Json>>).map(
      ([type, named]) => [
        type,
        Object.fromEntries(
          Object.entries(named).map(([name, attributes]) => [
            name,
            Object.fromEntries(
              Object.entries(attributes).map(([key, value]) => [
                key,
                (key === "policy" || key === "assume_role_policy") && typeof value === "string"
                  ? withVariableNetworks(value, variables)
                  : value,
              ]),
            ),
          ]),
        ),
      ],
    ),
  );
}
