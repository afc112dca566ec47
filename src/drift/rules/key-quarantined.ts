import { defineRule } from "../../findings/rule";
import { quarantinePolicy } from "../../iam/quarantine";
import { addressOf, type FactOf, policyAddress } from "../access-fact";
import { awsCommand } from "../commands";
import type { AccessRule } from "../drift-rule";
import { capitalized, principalText } from "../words";

export const KEY_QUARANTINED = defineRule({
  id: "key-quarantined",
  area: "drift",
  title: "AWS found an access key in public and quarantined its user",
  severities: ["critical"],
  why: "The key is compromised and somebody may hold a session of it. The quarantine blocks only what thieves do first, and a deployment would take it off, because the baseline's users carry no policy of their own.",
  example: {
    before: "AWSCompromisedKeyQuarantineV3 is attached to user work",
    after: "the key is deactivated, looked into and deleted, and then the policy is detached",
  },
  remedy:
    "Do not deploy. Deactivate the key, find out what it did, make a new one, delete the old one, and then detach the policy.",
  reference: {
    title: "AWSCompromisedKeyQuarantineV3",
    url: "https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCompromisedKeyQuarantineV3.html",
  },
  since: "0.1.0",
});

/** Whether a policy is one that AWS attaches to a user whose key it found in public; a policy of the account is none. */
export function isQuarantine({ arn = "" }: { readonly arn?: string }): boolean {
  return quarantinePolicy(arn) !== undefined;
}

type Fact = FactOf<"key-quarantined">;

export const keyQuarantined: AccessRule<Fact, "key-quarantined"> = {
  declaration: KEY_QUARANTINED,
  judge: ({ principal, policy }) => ({
    severity: "critical",
    message: `AWS found an access key of ${principalText(principal)} in public and attached ${policy.name}, which blocks what thieves do first. The key is compromised; this is an alarm, not drift to revert.`,
  }),
  remedy: ({ principal }) =>
    `Do not deploy now: an apply would take the quarantine off. Deactivate the key (${awsCommand("update-access-key", ["user-name", principal.name], ["access-key-id", "<id>"], ["status", "Inactive"])}), find out what it did, make a new one, delete the old one, and then detach the policy.`,
  trail: ({ principal }) => ({
    resourceName: principal.name,
    events: [`Attach${capitalized(principal.kind)}Policy`],
  }),
  undeployed: ({ principal, policy }) =>
    `${policyAddress(policy)} is to be taken from ${addressOf(principal)}`,
};
