import type { AttachedPolicy } from "../iam/graph";
import { listOf } from "../iam/policy-document";
import type { AccessRequest } from "../iam/request";

const KEY = "lambda:SourceFunctionArn";

/**
 * What requests of a principal carry where its policies allow one function alone: it is that function which acts as the
 * role. Lambda puts its ARN into every request of its code; whoever takes the credentials elsewhere cannot.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html
 */
export function sourceFunction(
  policies: readonly Pick<AttachedPolicy, "document">[],
): AccessRequest["context"] {
  const named = new Set(
    policies.flatMap(({ document }) =>
      "unknown" in document ? [] : document.Statement.flatMap(({ Condition = {} }) => functionsIn(Condition)),
    ),
  );
  const [only] = named;
  return only === undefined || named.size > 1 || /[*?]/.test(only) ? {} : { [KEY]: only };
}

function functionsIn(
  conditions: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>,
) {
  return Object.values(conditions).flatMap((block) =>
    Object.entries(block).flatMap(([key, values]) =>
      key.toLowerCase() === KEY.toLowerCase() ? listOf(values) : [],
    ),
  );
}
