import { defineRule } from "../../../findings/rule";
import { blocks } from "../../read/json-blocks";
import type { Draft } from "../../review-finding";
import type { RawResource } from "../../reviewed-environment";
import type { SettingChange } from "./setting-change";
import type { SettingContext } from "./setting-context";
import { settingDraft } from "./setting-draft";

export const RESOURCE_IMPORTED = defineRule({
  id: "resource-imported",
  area: "review",
  title: "Terraform takes over a resource that exists",
  severities: ["high", "info"],
  why: "From the next apply on the resource is what the stack says, whatever it was. Where the import names something else than the resource declares, somebody's user or role becomes another one: it is renamed, destroyed, or trusted in its place. That weighs high.",
  example: {
    before: "no import",
    after: 'import { to = aws_iam_role.daily, id = "OrganizationAccountAccessRole" }',
  },
  remedy: "Import only what the resource declares, by its own name.",
  reference: {
    title: "Terraform: import block",
    url: "https://developer.hashicorp.com/terraform/language/block/import",
  },
  since: "0.1.0",
});

/** Attributes that say what a resource is called in AWS. */
const NAMES = [
  "name",
  "id",
  "arn",
  "bucket",
  "function_name",
  "url",
  "alias",
  "user_name",
  "queue_url",
  "topic_arn",
];

export function resourceImported(change: SettingChange, { reviewed }: SettingContext): readonly Draft[] {
  const address = change.key.slice("import.".length);
  const id = String(blocks(change.after?.value)[0]?.["id"] ?? "");
  const resource = [...(reviewed.after?.resources.values() ?? [])].find(
    (each) => each.mode === "managed" && each.address === address,
  );
  const isOwn = resource === undefined || namesOf(resource).some((name) => isSame(name, id));
  return [
    settingDraft(change, {
      rule: RESOURCE_IMPORTED,
      severity: isOwn ? "info" : "high",
      predicate: isOwn
        ? `${address} takes over a resource that exists`
        : `${address} takes over ${id}, which is not what it declares`,
      isNote: isOwn,
    }),
  ];
}

function namesOf({ attributes }: RawResource): readonly string[] {
  return NAMES.map((name) => attributes[name]).filter((value): value is string => typeof value === "string");
}

/** Names with an unknown part are taken for what they begin with. */
function isSame(name: string, id: string): boolean {
  if (id === name || id.endsWith(`/${name}`) || id.endsWith(`:${name}`)) return true;
  const [start = ""] = name.split("\uFFFD");
  return start !== name && start !== "" && id.startsWith(start);
}
