import * as z from "zod";

const oneOrMany = z.union([z.string(), z.array(z.string()).min(1).readonly()]);

/** A statement of an environment, in IAM's own words, so that one can be pasted from an AWS page. */
export const statementSchema = z
  .strictObject({
    Sid: z
      .string()
      .regex(/^[A-Za-z0-9]+$/)
      .optional()
      .describe("Statement id: letters and digits."),
    Effect: z.enum(["Allow", "Deny"]).describe("Whether the statement allows or denies."),
    Action: oneOrMany.optional().describe("Actions, `service:Action`; exactly one of Action and NotAction."),
    NotAction: oneOrMany.optional().describe("All actions but these."),
    Resource: oneOrMany.optional().describe("Resource ARNs or `*`; exactly one of Resource and NotResource."),
    NotResource: oneOrMany.optional().describe("All resources but these."),
    Condition: z
      .record(z.string(), z.record(z.string(), oneOrMany))
      .optional()
      .describe("Operator, condition key, values. Values are strings."),
  })
  .refine((statement) => (statement.Action === undefined) !== (statement.NotAction === undefined), {
    params: {
      expected: "a statement has exactly one of Action and NotAction",
      remedy: "write one of the two",
    },
  })
  .refine((statement) => (statement.Resource === undefined) !== (statement.NotResource === undefined), {
    params: {
      expected: "a statement has exactly one of Resource and NotResource",
      remedy: "write one of the two",
    },
  })
  .meta({ id: "Statement" });

/** A policy document as IAM shows it. */
export const policyDocumentSchema = z
  .strictObject({
    Version: z
      .enum(["2012-10-17", "2008-10-17"])
      .default("2012-10-17")
      .describe("Version of the policy language."),
    Id: z.string().optional().describe("Id of the document."),
    Statement: z.array(statementSchema).min(1).readonly().describe("Its statements."),
  })
  .meta({ id: "PolicyDocument" });

export type DeclaredStatement = z.output<typeof statementSchema>;
type StatementInput = z.input<typeof statementSchema>;
type OneOrMany = string | readonly string[];
type Condition = NonNullable<StatementInput["Condition"]>;

/** A statement that allows these actions on these resources. */
export function allow(actions: OneOrMany, resources: OneOrMany, condition?: Condition): StatementInput {
  return statement("Allow", actions, resources, condition);
}

/** A statement that denies these actions on these resources, whatever else allows them. */
export function deny(actions: OneOrMany, resources: OneOrMany, condition?: Condition): StatementInput {
  return statement("Deny", actions, resources, condition);
}

function statement(
  Effect: "Allow" | "Deny",
  Action: OneOrMany,
  Resource: OneOrMany,
  Condition: Condition | undefined,
): StatementInput {
  return { Effect, Action, Resource, ...(Condition && { Condition }) };
}
