import { type IAMClient, ListAttachedUserPoliciesCommand } from "@aws-sdk/client-iam";
import { quarantinePolicy } from "../iam/quarantine";
import { isNamed } from "./sdk-error";

/** Whether AWS has quarantined a user: the question of one user, for whoever looks at or changes his keys. */
export interface QuarantineReader {
  /**
   * The name of the policy by which AWS has quarantined the user.
   *
   * @returns nothing for a user without one, and for one who is gone
   * @throws the SDK's error when IAM does not answer
   */
  quarantineOf(userName: string): Promise<string | undefined>;
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedUserPolicies.html */
export function quarantineReader(client: IAMClient): QuarantineReader {
  return {
    async quarantineOf(userName) {
      try {
        for (let marker: string | undefined; ; ) {
          const page = await client.send(
            new ListAttachedUserPoliciesCommand({ UserName: userName, Marker: marker }),
          );
          for (const { PolicyArn } of page.AttachedPolicies ?? []) {
            const name = quarantinePolicy(PolicyArn ?? "");
            if (name !== undefined) return name;
          }
          if (page.IsTruncated !== true) return undefined;
          marker = page.Marker;
        }
      } catch (error) {
        if (isNamed(error, "NoSuchEntity", "NoSuchEntityException")) return undefined;
        throw error;
      }
    },
  };
}
