import { partitionOfRegion } from "../../iam/names/regions";
import { blocks, isRecord, type JsonRecord } from "../resource/json-shape";
import type { Provider } from "../resource/source-resource";
import { type UnknownParts, UnknownValue } from "../resource/unknown-parts";

type Evaluate = (value: unknown, location: string) => unknown;

/**
 * Account, region and default tags of a provider configuration, `aws` or `aws.ALIAS`.
 * The account is what `allowed_account_ids` allows, if that is one, else the account of the role that it assumes.
 */
export function stackProvider(
  root: JsonRecord,
  name: string,
  parts: UnknownParts,
  givenAccountId: string | undefined,
  evaluate: Evaluate,
): Provider {
  const alias = name.split(".")[1]?.replace(/\W*$/, "");
  const configured = blocks(root["provider"]).flatMap((provider) => blocks(provider["aws"]));
  const block = configured.find((one) => one["alias"] === alias) ?? {};
  const location = alias === undefined ? "provider.aws" : `provider.aws.${alias}`;
  const region = evaluate(block["region"], `${location}.region`);
  const regionText =
    typeof region === "string"
      ? region
      : parts.mark(new UnknownValue(`${location}.region`, "the provider names no region"));
  return {
    accountId:
      accountOf(block, (value) => evaluate(value, location)) ??
      givenAccountId ??
      parts.mark(
        new UnknownValue(
          `${location}.allowed_account_ids`,
          "the provider does not say its account: set allowed_account_ids, or give the account",
        ),
      ),
    region: regionText,
    partition: partitionOfRegion(regionText),
    defaultTags: tagsOf(block, (value) => evaluate(value, `${location}.default_tags`)),
  };
}

function accountOf(block: JsonRecord, evaluate: (value: unknown) => unknown): string | undefined {
  const allowed = evaluate(block["allowed_account_ids"]);
  if (Array.isArray(allowed) && allowed.length === 1 && typeof allowed[0] === "string") return allowed[0];
  const role = evaluate(blocks(block["assume_role"])[0]?.["role_arn"]);
  return typeof role === "string" ? /^arn:[^:]+:iam::(\d{12}):/.exec(role)?.[1] : undefined;
}

function tagsOf(block: JsonRecord, evaluate: (value: unknown) => unknown): Readonly<Record<string, unknown>> {
  const tags = evaluate(blocks(block["default_tags"])[0]?.["tags"]);
  return isRecord(tags) ? tags : {};
}
