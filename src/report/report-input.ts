import type { AccessGraph } from "../iam/graph";
import type { AcceptedException, NotKnown, Weakness } from "./access-report";
import type { AccountFacts } from "./account-facts";

/** One environment as a source tells it. */
export interface ReportInput {
  readonly environment: string;
  readonly graph: AccessGraph;
  /** What the environment accepts; nothing where the source does not say. */
  readonly accepted?: readonly AcceptedException[] | NotKnown;
  /** What the environment weakens by declaration; nothing where the source does not say. */
  readonly weaknesses?: readonly Weakness[] | NotKnown;
  /** Of an account that was read as it is: then the graph holds all of its users and roles. */
  readonly account?: AccountFacts;
}
