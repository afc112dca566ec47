import * as z from "zod";

/** A named exception: somebody knows of the finding, says why it may stand, and until when. */
export const acceptanceSchema = z.strictObject({
  finding: z.string().min(1).describe("Id of the proof or rule, as a report names it."),
  subject: z
    .string()
    // a pattern begins with a kind and the beginning of a name: one for all roles would hide the next one
    .regex(/^(?:[^*]+|[^*/.]+[/.][^*]+\*.*)$/s)
    .describe(
      "Principal, resource or address that the finding is about, as the report names it. For drift and audits a pattern, in which * stands for any characters and which begins with a kind and the beginning of a name: role/team-*.",
    ),
  reason: z.string().min(8).describe("Why it may stand; at least 8 characters."),
  expires: z.iso.date().describe("Last day on which the exception holds (UTC), YYYY-MM-DD."),
});

export type DeclaredAcceptance = z.output<typeof acceptanceSchema>;
