import { type CommandOption, serviceCommand } from "./commands";
import type { StackResourceFact } from "./plan/resource-fact";

/**
 * The command that puts back what an apply leaves as it is, where there is one: values that the configuration never
 * sets.
 */
export function repairCommand(fact: StackResourceFact): string | undefined {
  const { type, attributes, values, stack } = fact;
  const names = new Set(attributes.map(({ name }) => name));
  const region = textOf(values, "arn").split(":")[3] ?? "";
  const place: readonly CommandOption[] = region === "" ? [] : [["region", region]];
  if (type === "aws_lambda_function" && names.has("code_sha256")) {
    return serviceCommand(
      "lambda",
      "update-function-code",
      ["function-name", textOf(values, "function_name")],
      ["zip-file", `fileb://cdktf.out/stacks/${stack}/${textOf(values, "filename")}`],
      ...place,
    );
  }
  if (type === "aws_sqs_queue" && names.has("policy")) {
    const declared = attributes.find(({ name }) => name === "policy")?.declared;
    return serviceCommand(
      "sqs",
      "set-queue-attributes",
      ["queue-url", textOf(values, "url")],
      ["attributes", `Policy=${typeof declared === "string" ? declared : ""}`],
      ...place,
    );
  }
  if (type === "aws_iam_openid_connect_provider" && names.has("thumbprint_list")) {
    return serviceCommand(
      "iam",
      "update-open-id-connect-provider-thumbprint",
      ["open-id-connect-provider-arn", textOf(values, "arn")],
      ["thumbprint-list", "<as before>"],
    );
  }
  return undefined;
}

function textOf(values: Readonly<Record<string, unknown>>, name: string): string {
  const value = values[name];
  return typeof value === "string" ? value : "";
}
