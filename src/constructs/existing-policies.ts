import type { ITerraformDependable, TerraformProvider } from "cdktf";
import { escapedForTerraform } from "./iam-policy-text";

/** A document as the account has it: nothing in it is judged, ordered or shortened. */
export type ExistingDocument = Readonly<Record<string, unknown>>;

/** What a principal that was there before carries. */
export interface ExistingPolicies {
  /** Attached managed policies, by a name that no other has; `dependsOn` where the policy is of the same stack. */
  readonly managedPolicies: Readonly<
    Record<string, { readonly arn: string; readonly dependsOn?: readonly ITerraformDependable[] }>
  >;
  /** Inline policies, by their names. */
  readonly inlinePolicies: Readonly<Record<string, ExistingDocument>>;
  /** A provider without default tags: what is taken over keeps the tags that it has. @default the stack's */
  readonly provider?: TerraformProvider | undefined;
}

/** A document as Terraform has to see it. */
export function existingPolicyText(document: ExistingDocument): string {
  return escapedForTerraform(JSON.stringify(document));
}

export const providerOf = (provider: TerraformProvider | undefined) => (provider ? { provider } : {});

export const dependingOn = (dependsOn: readonly ITerraformDependable[] | undefined) =>
  dependsOn === undefined || dependsOn.length === 0 ? {} : { dependsOn: [...dependsOn] };

export const tagsOf = (tags: Readonly<Record<string, string>> | undefined) =>
  tags && Object.keys(tags).length > 0
    ? {
        tags: Object.fromEntries(
          Object.entries(tags).map(([key, value]) => [key, escapedForTerraform(value)]),
        ),
      }
    : {};

/** Attributes that are left as the account has them. */
export const leaving = (attributes: readonly string[]) =>
  attributes.length === 0 ? {} : { lifecycle: { ignoreChanges: [...attributes] } };
