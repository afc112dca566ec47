import type { InventoryFunction } from "../aws/inventory";
import type { AccessGraph, Safeguard } from "../iam/graph";
import { principalsOf } from "./compare-access";

/** Names that belong to the baseline in an account: what nobody declares within them is a stranger. */
export class OwnSpace {
  /** @param namespaces roots of IAM paths: `/baseline/` */
  constructor(private readonly namespaces: readonly string[]) {}

  /** Whether an IAM path lies below the namespace. */
  holdsPath(path: string): boolean {
    return this.namespaces.some((root) => path.startsWith(root));
  }

  /** Whether a name of a function, a topic or a schedule group is one that the baseline would give. */
  holdsName(name: string): boolean {
    return this.namespaces.some((root) => name.startsWith(`${root.replaceAll("/", "")}-`));
  }

  /** A function is the baseline's by its name, or by the role that it runs as. */
  holdsFunction({ name, role }: InventoryFunction): boolean {
    const path = /:role(\/(?:.*\/)?)[^/]+$/.exec(role)?.[1] ?? "/";
    return this.holdsName(name) || this.holdsPath(path);
  }
}

/** Declared resources of a type, of every stack. */
export function safeguardsOf(graphs: readonly AccessGraph[], type: string): readonly Safeguard[] {
  return graphs.flatMap(({ safeguards }) => safeguards.filter((safeguard) => safeguard.type === type));
}

/** ARNs of the declared topics, as far as their names are known. */
export function declaredTopics(
  graphs: readonly AccessGraph[],
  {
    partition,
    region,
    accountId,
  }: { readonly partition: string; readonly region: string; readonly accountId: string },
): readonly string[] {
  const names = safeguardsOf(graphs, "aws_sns_topic")
    .filter(({ name, address }) => name !== address)
    .map(({ name }) => `arn:${partition}:sns:${region}:${accountId}:${name}`);
  return [...new Set(names)];
}

/** The environment's namespace, and the first part of the paths of what is declared. */
export function namespacesOf(declared: readonly AccessGraph[], own: readonly string[]): readonly string[] {
  const paths = declared.flatMap(principalsOf).flatMap(({ path }) => /^\/[^/]+\//.exec(path)?.[0] ?? []);
  return [...new Set([...own, ...paths])];
}
