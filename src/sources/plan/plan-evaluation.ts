import type { JsonRecord } from "../resource/json-shape";
import type { Provider } from "../resource/source-resource";
import type { UnknownParts } from "../resource/unknown-parts";
import type { ModuleInstance } from "./plan-configuration";

/** Where an expression stands. */
export interface Place {
  readonly module: ModuleInstance;
  /** Key of the resource's count or for_each. */
  readonly key: string | number | undefined;
  readonly type: string;
  /** Address of the resource. */
  readonly address: string;
}

/** What a planned resource asks of its plan: values of expressions that are not known yet. */
export interface PlanEvaluation {
  readonly parts: UnknownParts;
  provider(configuration: JsonRecord | undefined): Provider;
  /** The value of an expression of `configuration`, for the attribute `name`. */
  evaluate(expression: unknown, name: string, place: Place): unknown;
}
