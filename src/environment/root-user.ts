import * as z from "zod";
import { isoMoment } from "../findings/iso-moment";

/** Whole days between two weekly audits. */
const A_WEEK = 7;

const acknowledgedUse = z.strictObject({
  until: z
    .string()
    .refine(
      (text) => isoMoment(text) !== undefined || z.iso.date().safeParse(text).success,
      "a day or a moment",
    )
    .describe("Uses up to here are known: `2026-11-23` (that whole day, UTC) or `2026-11-23T04:35:14Z`."),
  reason: z.string().min(8).describe("Who used it, and for what; at least 8 characters."),
});

/** The root user of the account, and how its use is watched. */
export const rootUserSchema = z.strictObject({
  credentials: z
    .enum(["own", "central"])
    .default("own")
    .describe(
      "`own`: a password and MFA, locked away for recovery. `central`: a member account whose root credentials the organization has removed (centralized root access); then nobody recovers by root.",
    ),
  usedWithinDays: z
    .number()
    .int()
    .min(1)
    .max(365)
    .default(A_WEEK)
    .describe("How many days back the audit reports a use of root. Default 7: since the audit of last week."),
  acknowledgedUses: z
    .array(acknowledgedUse)
    .readonly()
    .default([])
    .describe("Uses that somebody answers for; later ones are reported again."),
});

export type RootUser = z.output<typeof rootUserSchema>;
