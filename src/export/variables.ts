import type { Json } from "./stack-export";

/** What people change in a stack, as variables of its folder. */
export interface StackVariables {
  /** Networks that policies let people work from, in their order; nothing where none are named. */
  readonly allowedNetworks?: readonly string[];
  /** Tags on everything. */
  readonly tags?: Readonly<Record<string, string>>;
}

const SOURCE_IP = /"aws:SourceIp":(\[[^\]]*\])/gi;

/** The networks that most policies name, and the default tags. */
export function variablesOf(configuration: Json): StackVariables {
  const counts = new Map<string, number>();
  for (const policy of policiesOf(configuration)) {
    for (const [, networks = ""] of policy.matchAll(SOURCE_IP))
      counts.set(networks, (counts.get(networks) ?? 0) + 1);
  }
  const [most] = [...counts].sort((left, right) => right[1] - left[1] || (left[0] < right[0] ? -1 : 1));
  const networks: unknown = most === undefined ? undefined : JSON.parse(most[0]);
  const providers = (configuration["provider"] as Json | undefined)?.["aws"];
  const defaults = (Array.isArray(providers) ? (providers as readonly Json[]) : []).flatMap(
    (provider) =>
      (provider["default_tags"] as readonly { readonly tags?: Readonly<Record<string, string>> }[]) ?? [],
  );
  const tags = defaults[0]?.tags;
  return {
    ...(Array.isArray(networks) &&
      networks.every((one) => typeof one === "string" && !one.includes("${")) && {
        allowedNetworks: networks as string[],
      }),
    ...(tags !== undefined && { tags }),
  };
}

function policiesOf(configuration: Json): readonly string[] {
  return Object.values((configuration["resource"] ?? {}) as Record<string, Record<string, Json>>).flatMap(
    (named) =>
      Object.values(named).flatMap((attributes) =>
        ["policy", "assume_role_policy"].flatMap((key) => {
          const text = attributes[key];
          return typeof text === "string" ? [text] : [];
        }),
      ),
  );
}

/** The networks in a policy's text, as the variable. */
export function withVariableNetworks(policy: string, { allowedNetworks }: StackVariables): string {
  if (allowedNetworks === undefined) return policy;
  const networks = JSON.stringify(allowedNetworks);
  return policy.replace(SOURCE_IP, (whole, found: string) =>
    found === networks ? `${whole.slice(0, -found.length)}\${jsonencode(var.allowed_networks)}` : whole,
  );
}

/** Declarations, in Terraform's JSON syntax. */
export function declarations({ allowedNetworks, tags }: StackVariables): Json {
  return {
    ...(allowedNetworks !== undefined && {
      allowed_networks: {
        description: "Public networks people work from, IPv4 and IPv6 with prefix length.",
        type: "list(string)",
        default: allowedNetworks,
      },
    }),
    ...(tags !== undefined && {
      tags: { description: "Tags on everything.", type: "map(string)", default: tags },
    }),
  };
}
