import type { PolicyDocument } from "../iam/policy-document";
import { minified } from "../policies/minified";

/**
 * A policy document as Terraform has to see it: `${aws:username}` is IAM's, not Terraform's, so `${` and `%{` are
 * escaped. `$` and `{` of a replacement string would be read by `replaceAll`, hence the functions.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences
 */
export function policyText(document: PolicyDocument): string {
  return escapedForTerraform(minified(document));
}

/** Text that Terraform gives on as it is written. What cdktf put in as a token (an ARN known after apply) stays one. */
export function escapedForTerraform(text: string): string {
  return text.replace(/\$\{(?!TfToken\[)/g, () => "$${").replaceAll("%{", () => "%%{");
}
