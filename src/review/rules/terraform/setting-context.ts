import type { ReviewedEnvironment } from "../../reviewed-environment";

/** What the rules about settings know beside the setting. */
export interface SettingContext {
  readonly reviewed: ReviewedEnvironment;
  readonly isPlan: boolean;
  /** The account itself comes new. */
  readonly isNew: boolean;
}
