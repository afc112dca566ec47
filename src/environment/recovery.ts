import * as z from "zod";

/** How owners get back in after a run that deactivated every key they have. Checked against what the environment holds. */
export const recoverySchema = z
  .union([
    z.literal("second-device").describe("Every owner has a second device that no nightly rule reaches."),
    z
      .literal("oidc")
      .describe(
        "A workflow reactivates keys through a GitHub OIDC role that may call `iam:UpdateAccessKey` on device users.",
      ),
    z.literal("break-glass-user").describe("A break-glass user exists, which no rule reaches."),
    z
      .strictObject({
        root: z
          .strictObject({
            acknowledgeRootRecovery: z
              .literal(true)
              .describe("The root user's password and MFA device are at hand for whoever is locked out."),
          })
          .readonly(),
      })
      .readonly()
      .describe("The root user signs in to the console. Last resort: say that it is meant."),
  ])
  .describe("How owners get back in after a run that deactivated every key they have.");

export type Recovery = z.output<typeof recoverySchema>;
