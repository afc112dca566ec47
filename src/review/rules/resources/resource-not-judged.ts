import { defineRule } from "../../../findings/rule";

export const RESOURCE_NOT_JUDGED = defineRule({
  id: "resource-not-judged",
  area: "review",
  title: "A resource that can mean access changes, and no rule judges it",
  severities: ["medium"],
  why: "What was not looked at is not clean. The type can hand out rights, keys or code, and this review does not know what the change means.",
  example: { before: "no share", after: 'aws_ram_principal_association: { principal: "999999999999", ... }' },
  remedy: "Read the change yourself.",
  since: "0.1.0",
});
