import { conditionKey, conditionKeyNames, isFederatedKey } from "./condition-keys";
import { isMentionedByAws } from "./mentioned-by-aws";
import { didYouMean, type NameFault } from "./name-fault";

const VARIABLE = /(\$?)\$\{([^}]*)\}/g;

/**
 * The policy variables of a value that stand for nothing: unknown keys, keys with many values, placeholders of other
 * languages. A variable that does not end is for the syntax to judge.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function variableFaults(text: string): readonly Omit<NameFault, "path">[] {
  return [...text.matchAll(VARIABLE)].flatMap(([whole, dollar = "", inner = ""]) => {
    const fault = dollar === "$" ? ESCAPED : variableFault(inner);
    return fault === undefined ? [] : [{ name: whole, ...fault }];
  });
}

type Words = Omit<NameFault, "path" | "name">;

const ESCAPED: Words = {
  expected: "a policy variable as IAM writes it, such as ${aws:username}",
  remedy: "write one dollar sign: what Terraform needs is added for you",
  mayBeNew: false,
};

function variableFault(inner: string): Words | undefined {
  const key = (inner.split(",")[0] ?? "").trim();
  if (["*", "?", "$"].includes(key)) return undefined;
  const known = conditionKey(key);
  if (known?.many === true) {
    return {
      expected: "a policy variable with one value",
      remedy: `${known.name} has many values: compare it in a condition, with ForAnyValue or ForAllValues`,
      mayBeNew: false,
    };
  }
  if (known !== undefined || isFederatedKey(key) || isMentionedByAws(`\${${key}}`)) return undefined;
  return {
    expected: "a policy variable of IAM, which is a condition key",
    remedy: key.includes("::")
      ? "placeholders of CloudFormation mean nothing here: write the value"
      : didYouMean(key, conditionKeyNames(), key.includes(":") ? "correct it" : "write the value itself"),
    mayBeNew: key.includes(":") && !key.includes("::"),
  };
}
