import type { IAMClient } from "@aws-sdk/client-iam";
import type { Account } from "./account";
import type { SynthesizedStack } from "./synthesized-stack";
import type { Terraform } from "./terraform";

/** What the steps work on; they run in order, and each relies on those before it. */
export interface Deployment {
  readonly folder: string;
  readonly stack: SynthesizedStack;
  readonly terraform: Terraform;
  readonly iam: IAMClient;
  /** The account right after the first apply. */
  deployed?: Account;
  /** Values of the key made by hand: they may stand nowhere. */
  secrets?: readonly string[];
}

/** The random end of the role names: 8 characters of a-z0-9, the same for all roles. */
export function suffixOf({ roles }: Account): string {
  const suffixes = [
    ...new Set(Object.keys(roles).map((name) => /-([a-z0-9]{8})$/.exec(name)?.[1] ?? `none in ${name}`)),
  ];
  const [suffix] = suffixes;
  if (suffix === undefined || suffixes.length > 1 || !/^[a-z0-9]{8}$/.test(suffix)) {
    throw new Error(`role names end in one random suffix, got ${suffixes.join(", ") || "no role"}`);
  }
  return suffix;
}

/** What a step before this one had to leave. */
export function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("a step before this one did not leave what this one needs");
  return value;
}
