import type { RefusalDeclaration } from "../findings/refusal";
import {
  DEVICE_NOT_EDITABLE,
  DEVICE_STEP_REFUSED,
  KEY_STORE_FAILED,
  PROFILES_MISSING,
  PROGRAM_MISSING,
  ROTATION_REFUSED,
  TERMINAL_MISSING,
} from "./action-refusals";
import { BLOCK_BROKEN } from "./block";
import { CONFIG_MALFORMED, PROFILE_TAKEN } from "./config-file";
import { FILE_NOT_WRITABLE, OUTPUTS_UNREADABLE } from "./file-refusals";
import { DEVICE_AMBIGUOUS, DEVICE_UNKNOWN } from "./holder";
import { ANSWER_MISSING, FOLDER_NOT_EMPTY } from "./init-refusals";
import { SUFFIX_UNKNOWN } from "./role-arns";

/** What commands about devices refuse. */
export const DEVICE_REFUSALS: readonly RefusalDeclaration[] = [
  BLOCK_BROKEN,
  CONFIG_MALFORMED,
  DEVICE_AMBIGUOUS,
  DEVICE_UNKNOWN,
  FILE_NOT_WRITABLE,
  OUTPUTS_UNREADABLE,
  PROFILE_TAKEN,
  SUFFIX_UNKNOWN,
  ANSWER_MISSING,
  FOLDER_NOT_EMPTY,
  DEVICE_NOT_EDITABLE,
  DEVICE_STEP_REFUSED,
  KEY_STORE_FAILED,
  PROFILES_MISSING,
  PROGRAM_MISSING,
  ROTATION_REFUSED,
  TERMINAL_MISSING,
];
