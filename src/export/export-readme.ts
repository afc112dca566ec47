import type { ExportedStack } from "./stack-export";

/** What to do with an exported folder. */
export function exportReadme(
  { name, configuration, statePath, lock }: ExportedStack,
  variables: readonly string[],
): string {
  const backend = Object.keys(
    ((configuration["terraform"] as { readonly backend?: object } | undefined)?.backend ?? {}) as object,
  )[0];
  const state =
    backend === "local"
      ? `The state is the file \`${statePath ?? "terraform.tfstate"}\`, seen from here: where it was. Move it and correct \`path\` of the backend together.`
      : "The state is where it was: the backend is the same bucket and key, with the same lock.";
  return `# ${name}, as plain Terraform

Written by \`iam-baseline export\`. Nothing here needs CDKTF, Node.js or iam-baseline.

\`\`\`sh
terraform init
terraform plan      # expect: No changes
\`\`\`
${state}
${lock === undefined ? "`terraform init` writes `.terraform.lock.hcl`: commit it.\n" : "`.terraform.lock.hcl` is the project's.\n"}${variables.length > 0 ? `Variables: ${variables.map((one) => `\`${one}\``).join(", ")}; their defaults are the present values.\n` : ""}
Addresses are the same as before, so the state fits as it is. From now on change only one of the two: this folder or the
environment. Functions are the zips in \`assets/\`, which no longer change with the package.
`;
}
