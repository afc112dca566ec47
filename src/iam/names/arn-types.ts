import { resourceTypesOfService, servicePrefixes } from "../actions";
import { globsOverlap } from "./globs-overlap";

/** The parts of a resource type's ARN after its partition, as patterns: what is the author's is `*`. */
export interface ArnType {
  readonly service: string;
  /** Empty: the ARN has none. */
  readonly region: string;
  readonly account: string;
  readonly resource: string;
  /** As the Service Authorization Reference writes it: `arn:${Partition}:s3:::${BucketName}`. */
  readonly written: string;
}

/** What principals and policies are addressed by and no action can be limited to. */
const FURTHER = [
  "arn:${Partition}:iam::${Account}:root",
  "arn:${Partition}:iam::${Account}:report/${ReportName}",
  "arn:${Partition}:sts::${Account}:assumed-role/${RoleName}/${SessionName}",
  "arn:${Partition}:sts::${Account}:federated-user/${UserName}",
];

let types: ReadonlyMap<string, readonly ArnType[]> | undefined;

/** Resource types by the service in their ARN, which is not always the prefix of the actions; made once (about 5 ms). */
function typesByService(): ReadonlyMap<string, readonly ArnType[]> {
  if (types !== undefined) return types;
  const found = new Map<string, ArnType[]>();
  const all = [...servicePrefixes().flatMap((prefix) => resourceTypesOfService(prefix)), ...FURTHER];
  for (const written of new Set(all)) {
    const [, , service = "", region = "", account = "", ...resource] = written
      .replace(/\$\{[^}]*\}/g, "*")
      .split(":");
    if (resource.length === 0 || service === "*") continue;
    const type = { service, region, account, resource: resource.join(":"), written };
    found.set(service, [...(found.get(service) ?? []), type]);
  }
  types = found;
  return types;
}

/** Services that ARNs name: those with resource types, and those with actions only. */
export function arnServices(): readonly string[] {
  return [...new Set([...typesByService().keys(), ...servicePrefixes()])];
}

/** Resource types of the services that a pattern matches. */
export function arnTypesOf(service: string): readonly ArnType[] {
  const exact = typesByService().get(service);
  if (exact !== undefined || !/[*?]/.test(service)) return exact ?? [];
  return [...typesByService()].flatMap(([name, own]) => (globsOverlap(service, name) ? own : []));
}
