import { defineRule } from "../../../findings/rule";
import { type Draft, listed } from "../../review-finding";
import type { RawResource } from "../../reviewed-environment";

export const PROVISIONER = defineRule({
  id: "provisioner",
  area: "review",
  title: "A resource runs a program during the apply",
  severities: ["high"],
  why: "A provisioner runs with the credentials of the apply, which may do everything that Terraform may, and with all that is in the runner's environment.",
  example: { before: "no provisioner", after: 'provisioner "local-exec" { command = "..." }' },
  remedy: "Remove the provisioner.",
  reference: {
    title: "Terraform: provisioners",
    url: "https://developer.hashicorp.com/terraform/language/resources/provisioners/syntax",
  },
  since: "0.1.0",
});

export function provisionerAdded(old: RawResource | undefined, current: RawResource): readonly Draft[] {
  const added = current.provisioners.filter((kind) => old?.provisioners.includes(kind) !== true);
  if (added.length === 0) return [];
  const { address } = current;
  return [
    {
      rule: PROVISIONER,
      severity: "high",
      category: "terraform",
      address,
      subjects: [],
      predicate: `${address} runs ${listed(added)} during the apply, with the credentials of the apply`,
    },
  ];
}
