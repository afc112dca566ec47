import type { AccessGraph } from "../../iam/graph";

/** Both sides of an environment, for rules about identity providers and credentials. */
export interface GraphSides {
  readonly before: AccessGraph;
  readonly after: AccessGraph;
  /** The whole environment comes new. */
  readonly isNew: boolean;
}
