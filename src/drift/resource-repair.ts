import { shellWord } from "./commands";
import type { StackResourceFact } from "./plan/resource-fact";

/**
 * The command that puts back what an apply leaves as it is, where there is one: values that the configuration never
 * sets.
 */
export function repairCommand(fact: StackResourceFact): string | undefined {
  const { type, attributes, values, stack } = fact;
  const names = new Set(attributes.map(({ name }) => name));
  if (type === "aws_lambda_function" && names.has("code_sha256")) {
    const zip = `fileb://cdktf.out/stacks/${stack}/${textOf(values, "filename")}`;
    return aws("lambda update-function-code", values, {
      "function-name": textOf(values, "function_name"),
      "zip-file": zip,
    });
  }
  if (type === "aws_sqs_queue" && names.has("policy")) {
    return aws("sqs set-queue-attributes", values, {
      "queue-url": textOf(values, "url"),
      attributes: `Policy=${textOf(declared(fact, "policy"), "policy")}`,
    });
  }
  const provider = "open-id-connect-provider";
  if (type === "aws_iam_openid_connect_provider" && names.has("thumbprint_list")) {
    return aws(
      `iam update-${provider}-thumbprint`,
      {},
      {
        [`${provider}-arn`]: textOf(values, "arn"),
        "thumbprint-list": "<as before>",
      },
    );
  }
  return undefined;
}

function declared({ attributes }: StackResourceFact, name: string): Readonly<Record<string, unknown>> {
  return { [name]: attributes.find((attribute) => attribute.name === name)?.declared };
}

function textOf(values: Readonly<Record<string, unknown>>, name: string): string {
  const value = values[name];
  return typeof value === "string" ? value : "";
}

function aws(
  call: string,
  values: Readonly<Record<string, unknown>>,
  options: Readonly<Record<string, string>>,
): string {
  const region = textOf(values, "arn").split(":")[3] ?? "";
  const all = region === "" ? options : { ...options, region };
  const words = Object.entries(all).map(
    ([name, value]) => ` --${name} ${/^<[^<>]+>$/.test(value) ? value : shellWord(value)}`,
  );
  return `\`aws ${call}${words.join("")}\``;
}
