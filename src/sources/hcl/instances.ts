import type { SourceResource } from "../resource/source-resource";
import type { PlainStep } from "./hcl-evaluation";

/** The instances of resources by the address without the key of count or for_each: `module.team["a"].aws_iam_user.device`. */
export class Instances {
  private readonly byBase = new Map<string, Map<string | number | undefined, SourceResource>>();

  add(base: string, key: string | number | undefined, resource: SourceResource): void {
    const present = this.byBase.get(base);
    if (present !== undefined) present.set(key, resource);
    else this.byBase.set(base, new Map([[key, resource]]));
  }

  all(base: string): ReadonlyMap<string | number | undefined, SourceResource> | undefined {
    return this.byBase.get(base);
  }

  /**
   * What the steps after `type.name` select: one instance and the steps that are left, every instance (a splat),
   * or undefined when no such instance is there.
   */
  select(
    base: string,
    steps: readonly PlainStep[],
  ):
    | { readonly one: SourceResource; readonly rest: readonly PlainStep[] }
    | { readonly every: readonly SourceResource[]; readonly rest: readonly PlainStep[] }
    | undefined {
    const instances = this.byBase.get(base);
    if (instances === undefined) return undefined;
    const single = instances.get(undefined);
    if (single !== undefined) return { one: single, rest: steps };
    const [key, ...rest] = steps;
    if (typeof key === "object") return { every: [...instances.values()], rest };
    if (key === undefined) return undefined;
    const one = instances.get(key) ?? instances.get(Number(key));
    return one === undefined ? undefined : { one, rest };
  }
}
