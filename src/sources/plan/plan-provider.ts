import { partitionOfRegion } from "../../iam/names/regions";
import { blocks, isRecord, type JsonRecord } from "../resource/json-shape";
import type { Provider } from "../resource/source-resource";

type Evaluate = (expression: unknown, name: string) => unknown;

/** Account, region and default tags of a provider configuration in a plan; what it does not say, from `fallback`. */
export function planProvider(
  configuration: JsonRecord,
  key: string,
  fallback: Provider,
  evaluate: Evaluate,
): Provider {
  const all = configuration["provider_config"];
  const one = isRecord(all) ? all[key] : undefined;
  const expressions = isRecord(one) && isRecord(one["expressions"]) ? one["expressions"] : {};
  const value = (name: string) =>
    expressions[name] === undefined ? undefined : evaluate(expressions[name], name);
  const region = value("region");
  const tags = blocks(value("default_tags"))[0]?.["tags"];
  return {
    accountId: accountOf(value("allowed_account_ids"), value("assume_role")) ?? fallback.accountId,
    region: typeof region === "string" ? region : fallback.region,
    partition: typeof region === "string" ? partitionOfRegion(region) : fallback.partition,
    defaultTags: isRecord(tags) ? tags : {},
  };
}

function accountOf(allowed: unknown, assumeRole: unknown): string | undefined {
  if (Array.isArray(allowed) && allowed.length === 1 && typeof allowed[0] === "string") return allowed[0];
  const role = blocks(assumeRole)[0]?.["role_arn"];
  return typeof role === "string" ? /^arn:[^:]+:iam::(\d{12}):/.exec(role)?.[1] : undefined;
}
