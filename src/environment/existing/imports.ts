import * as z from "zod";

const ids = z.array(z.string().min(1)).readonly();

/**
 * What the first apply takes over, by Terraform type and import id. `baseline import` writes it into a file of its own,
 * which is deleted after that apply: a plan that imports what is gone by then fails.
 *
 * @see https://developer.hashicorp.com/terraform/language/block/import
 */
export const importsSchema = z.strictObject({
  resources: z
    .record(z.string().regex(/^aws_[a-z0-9_]+$/), ids)
    .default({})
    .describe('Import ids by resource type: `aws_iam_user: ["alice"]`.'),
  moved: z
    .record(z.string().regex(/^aws_[a-z0-9_]+$/), z.record(z.string(), z.string()))
    .default({})
    .describe(
      "Where the environment's own state has a resource already: its address there, by type and import id.",
    ),
  forgotten: z
    .array(z.string())
    .readonly()
    .default([])
    .describe(
      "Addresses that the environment's own state gives up without destroying anything: other forms of what is imported.",
    ),
});

export type Imports = z.output<typeof importsSchema>;

const NOTHING: Imports = { resources: {}, moved: {}, forgotten: [] };

/** What is imported of a type; empty where an environment imports nothing. */
export const importsOf = (environment: { readonly imports?: Imports | undefined }): Imports =>
  environment.imports ?? NOTHING;
