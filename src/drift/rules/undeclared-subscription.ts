import { defineRule } from "../../findings/rule";
import { serviceCommand } from "../commands";
import type { DriftRule } from "../drift-rule";
import type { UndeclaredFactOf } from "../undeclared-fact";

export const UNDECLARED_SUBSCRIPTION = defineRule({
  id: "undeclared-subscription",
  area: "drift",
  title: "Somebody whom nobody declares is told what the baseline's topic says",
  severities: ["medium"],
  why: "Notifications name users, keys that ended and runs that failed. Who reads them knows when nobody will notice.",
  example: {
    before:
      "aws sns subscribe --topic-arn ...:baseline-credential-hygiene --protocol https --notification-endpoint https://example.net",
    after: "the topic has the subscribers that are declared",
  },
  remedy: "Unsubscribe it, or add the address to keyRules.notifications.emails in the environment.",
  since: "0.2.0",
});

type Fact = UndeclaredFactOf<"undeclared-subscription">;

export const undeclaredSubscription: DriftRule<Fact, "undeclared-subscription"> = {
  declaration: UNDECLARED_SUBSCRIPTION,
  judge: ({ topic, protocol, endpoint, arn }) => ({
    severity: "medium",
    message: `${endpoint} (${protocol}) is subscribed to topic ${topic}, which is not declared${arn.startsWith("arn:") ? "" : "; it waits for its confirmation"}.`,
  }),
  remedy({ arn, region }) {
    // AWS removes what nobody confirms, and gives it no ARN to be removed by
    return arn.startsWith("arn:")
      ? `Run ${serviceCommand("sns", "unsubscribe", ["subscription-arn", arn], ["region", region])}, or declare it.`
      : "Wait: what nobody confirms within three days, AWS removes; or declare it.";
  },
};
