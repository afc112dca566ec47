import { resourceTypesOfService, servicePrefixes } from "../../../iam/actions";
import type { Atom } from "../../../iam/comparison/remainder";

const arnServices = new Map<string, ReadonlySet<string>>();

/** Services in the ARNs that actions of a prefix can be limited to: `elasticloadbalancing`, `s3`. */
function arnServicesOf(prefix: string): ReadonlySet<string> {
  let services = arnServices.get(prefix);
  if (services === undefined) {
    services = new Set(resourceTypesOfService(prefix).map((arn) => arn.split(":")[2] ?? "*"));
    arnServices.set(prefix, services);
  }
  return services;
}

let prefixes: ReadonlySet<string> | undefined;

/**
 * Whether no request can be what a piece allows: actions of one service on the ARN of a resource that the service does
 * not have, such as `iam:*` on a bucket. Cautious: a wildcard in either service, or a service that is not known, has effect.
 */
export function isWithoutEffect({ actions, resources }: Atom): boolean {
  if (actions.negated || resources.negated) return false;
  prefixes ??= new Set(servicePrefixes());
  return actions.patterns.every((action) => {
    const [prefix = ""] = action.split(":");
    if (!prefixes?.has(prefix)) return false;
    const services = arnServicesOf(prefix);
    return resources.patterns.every((pattern) => {
      const service = /^arn:[^:]*:([\w-]+):/.exec(pattern)?.[1];
      return (
        service !== undefined && !services.has(service) && !services.has("*") && !services.has("${Service}")
      );
    });
  });
}
