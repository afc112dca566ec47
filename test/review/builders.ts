/** A plan as `terraform show -json` writes it, of some changes. */
export function plan(
  changes: readonly Change[],
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: { root_module: {} },
    resource_changes: changes.map(({ type, name, before, after, actions, afterUnknown = {}, index }) => ({
      address: `${type}.${name}${index === undefined ? "" : `[${JSON.stringify(index)}]`}`,
      mode: "managed",
      type,
      name,
      ...(index !== undefined && { index }),
      provider_name: "registry.terraform.io/hashicorp/aws",
      change: {
        actions: actions ?? (before === null ? ["create"] : after === null ? ["delete"] : ["update"]),
        before,
        after,
        after_unknown: afterUnknown,
      },
    })),
    configuration: { root_module: {} },
    complete: true,
    errored: false,
    ...more,
  };
}

export interface Change {
  readonly type: string;
  readonly name: string;
  readonly before: Record<string, unknown> | null;
  readonly after: Record<string, unknown> | null;
  readonly actions?: readonly string[];
  readonly afterUnknown?: Record<string, unknown>;
  readonly index?: string;
}

export function policy(name: string, statement: unknown): Record<string, unknown> {
  return {
    name,
    path: "/",
    arn: `arn:aws:iam::111122223333:policy/${name}`,
    policy: JSON.stringify({ Version: "2012-10-17", Statement: statement }),
  };
}

/** A policy that gets everything: one finding. */
export function widened(name: string): Change {
  return {
    type: "aws_iam_policy",
    name: "p",
    before: policy(name, [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }]),
    after: policy(name, [{ Effect: "Allow", Action: "*", Resource: "*" }]),
  };
}
