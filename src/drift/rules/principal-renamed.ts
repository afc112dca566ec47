import { defineRule } from "../../findings/rule";
import type { FactOf } from "../access-fact";
import { runAws } from "../commands";
import type { AccessRule } from "../drift-rule";
import { capitalized, principalText } from "../words";

export const PRINCIPAL_RENAMED = defineRule({
  id: "principal-renamed",
  area: "drift",
  title: "A user or group has another name than declared",
  severities: ["high"],
  why: "It keeps its keys, groups and policies, and no rule that goes by names means it any more: nobody ends its keys. Terraform takes it for deleted and makes a second one.",
  example: {
    before: "aws iam update-user --user-name work --new-user-name laptop",
    after: "the user has its declared name again",
  },
  remedy: "Give it its name back before anything is deployed; a deployment would make a second one.",
  reference: {
    title: "IAM: renaming a user",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_users_rename.html",
  },
  since: "0.2.0",
});

type Fact = FactOf<"principal-renamed">;

export const principalRenamed: AccessRule<Fact, "principal-renamed"> = {
  declaration: PRINCIPAL_RENAMED,
  judge: ({ declared, actual }) => ({
    severity: "high",
    message: `${capitalized(principalText(declared))} was renamed to ${actual.name}: rules that go by names no longer mean it, and Terraform takes it for deleted.`,
  }),
  remedy: ({ declared: { kind, name }, actual }) =>
    `${runAws(`update-${kind}`, [`${kind}-name`, actual.name], [`new-${kind}-name`, name])} before anything is deployed: a deployment would make a second ${kind}.`,
  trail: ({ actual }) => ({ resourceName: actual.name, events: [`Update${capitalized(actual.kind)}`] }),
  undeployed: () => "it is to be created or destroyed",
};
