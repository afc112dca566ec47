import { defineRule } from "../../../findings/rule";

export const OTHER_RESOURCE_CHANGED = defineRule({
  id: "other-resource-changed",
  area: "review",
  title: "A resource that holds no access changes",
  severities: ["info"],
  why: "It is told so that a reviewer sees that it was looked at.",
  example: { before: "no bucket", after: 'aws_s3_bucket: { bucket: "uploads" }' },
  remedy: "Nothing, if it is meant.",
  since: "0.1.0",
});
