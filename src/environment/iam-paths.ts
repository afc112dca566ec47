/** IAM paths say what a principal is; policies address whole kinds of principals by them. */
export interface IamPaths {
  /** Groups, roles and policies: `/baseline/`. */
  readonly root: string;
  /** Device users: `/baseline/device/`. */
  readonly device: string;
  /** Repository users: `/baseline/ci/`. */
  readonly ci: string;
  /** Users that no rule deactivates: `/baseline/break-glass/`. */
  readonly breakGlass: string;
}

/** The paths of one namespace: environments that share an account differ in it. */
export function iamPaths(namespace: string): IamPaths {
  const root = `/${namespace}/`;
  return { root, device: `${root}device/`, ci: `${root}ci/`, breakGlass: `${root}break-glass/` };
}
