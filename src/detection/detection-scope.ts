/** A user as the environment declares it. */
export interface ScopedUser {
  readonly name: string;
  readonly kind: "device" | "ci" | "break-glass";
  /** The person who answers for it. */
  readonly owner?: string;
}

/** What detections know of their environment: JSON-serialisable, resolved at synthesis. */
export interface DetectionScope {
  /** Format of this object. */
  readonly version: 1;
  /** Name of the environment. */
  readonly environment: string;
  readonly partition: string;
  readonly accountId: string;
  /** Region of the environment. */
  readonly region: string;
  readonly namespace: string;
  /** IANA name of the zone in which moments are told. */
  readonly timeZone: string;
  /**
   * Declared users. Absent: there are too many for the function's settings, and only their paths are known.
   */
  readonly users?: readonly ScopedUser[];
  /** Networks that people work from. */
  readonly networks: readonly string[];
  /**
   * ARN patterns (`*` stands for anything) of the roles that deploy: what they change is meant. A role's random suffix is
   * not known before it is made.
   */
  readonly deploymentRoles: readonly string[];
  /** Where runbooks are read, ending in `/`. */
  readonly runbooks: string;
}

/** IAM paths of the scope, with slashes at both ends. */
export function scopePaths({ namespace }: Pick<DetectionScope, "namespace">) {
  const root = `/${namespace}/`;
  return { root, device: `${root}device/`, ci: `${root}ci/`, breakGlass: `${root}break-glass/` };
}

type Place = Pick<DetectionScope, "partition" | "accountId">;

/** ARN of IAM's, whose region is empty. */
export function iamArn({ partition, accountId }: Place, resource: string): string {
  return `arn:${partition}:iam::${accountId}:${resource}`;
}

/** ARN patterns of the roles that the baseline's own functions run as. */
export function functionRoles(scope: DetectionScope): readonly string[] {
  const { namespace } = scope;
  return ["deactivate-access-keys", "respond"].map((name) =>
    iamArn(scope, `role/${namespace}/${namespace}-${name}`),
  );
}
