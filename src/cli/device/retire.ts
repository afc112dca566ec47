import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { DEVICE_NOT_EDITABLE } from "../../devices/action-refusals";
import { type EnvironmentEdit, withCopyOfDevice, withoutDevice } from "../../devices/environment-edit";
import type { Holder } from "../../devices/holder";
import { type Retirement, renamingOf, retirementOf } from "../../devices/retirement";
import { unifiedDiff } from "../../devices/unified-diff";
import type { Environment, EnvironmentInput } from "../../environment/environment";
import { nameRule } from "../../environment/iam-names";
import { Refusal } from "../../findings/refusal";
import { formatViolation } from "../../findings/violation";
import { InvalidEnvironmentsError, validateBaseline } from "../../proofs/validate-baseline";
import type { CommandContext } from "../command";
import { writeOptionFile } from "../option-file";

export interface RetireRequest {
  /** Another name; absent: the device goes. */
  readonly to: string | undefined;
  /** File for the patch. */
  readonly patch: string | undefined;
  readonly dryRun: boolean;
}

export interface Retired extends Retirement {
  readonly device: string;
  readonly environment: string;
  readonly to?: string;
  /** A unified diff of the environment file, or empty. */
  readonly patch: string;
  /** Why a person has to make the edit. */
  readonly byHand?: string;
  /** What the validation says of the environments without the device. */
  readonly violations: readonly string[];
  readonly patchFile?: string;
}

/**
 * Tells what stops and in which order, and makes the edit of the environment file as a patch. Asks AWS nothing and
 * changes nothing but the file of the patch.
 *
 * @throws Refusal for a name that IAM does not take or that is taken
 */
export function retire(
  holder: Holder,
  all: readonly Environment[],
  request: RetireRequest,
  context: CommandContext,
): Retired {
  const { environment, name } = holder;
  if (holder.kind !== "device") {
    throw new Refusal(
      DEVICE_NOT_EDITABLE,
      `device ${request.to === undefined ? "retire" : "rename"} ${name}: expected a device, got a break-glass user; edit breakGlass in environments/${environment.name}.ts by hand, after the next drill`,
    );
  }
  if (request.to !== undefined) refuseName(request.to, environment);
  const file = `environments/${environment.name}.ts`;
  const path = join(resolve(context.directory), file);
  const before = existsSync(path) ? readFileSync(path, "utf8") : undefined;
  const edit: EnvironmentEdit =
    before === undefined
      ? { kind: "by-hand", because: `there is no ${file}` }
      : request.to === undefined
        ? withoutDevice(before, name)
        : withCopyOfDevice(before, name, request.to);
  const patch = edit.kind === "edited" && before !== undefined ? unifiedDiff(file, before, edit.text) : "";
  const writes = request.patch !== undefined && patch !== "" && !request.dryRun;
  if (writes && request.patch !== undefined) writeOptionFile("--patch", request.patch, patch, context);
  return {
    device: name,
    environment: environment.name,
    ...(request.to !== undefined && { to: request.to }),
    ...(request.to === undefined ? retirementOf(holder, all) : renamingOf(holder, request.to, all)),
    patch,
    ...(edit.kind === "by-hand" && { byHand: edit.because }),
    violations: request.to === undefined ? violationsWithout(holder, all, context.now) : [],
    ...(writes && request.patch !== undefined && { patchFile: request.patch }),
  };
}

function refuseName(name: string, environment: Environment): void {
  const rule = nameRule("user", name);
  if (rule !== undefined) {
    throw new Refusal(
      DEVICE_NOT_EDITABLE,
      `device rename: ${rule}, got ${JSON.stringify(name)}; take another name`,
    );
  }
  const taken = [...Object.keys(environment.devices), ...Object.keys(environment.breakGlass)].find(
    (other) => other.toLowerCase() === name.toLowerCase(),
  );
  if (taken !== undefined) {
    throw new Refusal(
      DEVICE_NOT_EDITABLE,
      `device rename: expected a name that ${environment.name} does not have, got "${name}" beside "${taken}"; take another name`,
    );
  }
}

function violationsWithout(
  { environment, name }: Holder,
  all: readonly Environment[],
  now: Date,
): readonly string[] {
  const inputs = all.map((one) => {
    const { partition: _, ...input } = one;
    if (one !== environment) return input as EnvironmentInput;
    const devices = Object.fromEntries(Object.entries(one.devices).filter(([device]) => device !== name));
    return { ...input, devices } as EnvironmentInput;
  });
  try {
    validateBaseline(inputs, now);
    return [];
  } catch (error) {
    if (error instanceof InvalidEnvironmentsError) return error.violations.map(formatViolation);
    throw error;
  }
}
