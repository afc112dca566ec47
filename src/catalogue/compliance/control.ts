/** How the baseline stands to what somebody else's benchmark asks. */
export type Standing =
  /** What it asks holds, by construction or by a rule that tells where it does not. */
  | "met"
  /** Only where the environment asks for it: `by` names the key. */
  | "met where asked for"
  /** It does not hold, for the reason. */
  | "excepted"
  /** Of the account, and outside of IAM: nothing here touches it. */
  | "not ours";

/** One control of a benchmark, or one check of a tool. */
export interface Control {
  /** As the benchmark or the tool writes it: `2.12`, `iam_no_root_access_key`, `CKV_AWS_273`. */
  readonly id: string;
  /** What it asks, in few words. */
  readonly asks: string;
  readonly standing: Standing;
  /** How it is met, or why not. One to three sentences. */
  readonly by: string;
  /** Ids of rules that hold it or tell where it does not. */
  readonly rules?: readonly string[];
}

export const met = (id: string, asks: string, by: string, ...rules: readonly string[]): Control => ({
  id,
  asks,
  standing: "met",
  by,
  ...(rules.length > 0 && { rules }),
});
export const asked = (id: string, asks: string, by: string, ...rules: readonly string[]): Control => ({
  ...met(id, asks, by, ...rules),
  standing: "met where asked for",
});
export const excepted = (id: string, asks: string, by: string, ...rules: readonly string[]): Control => ({
  ...met(id, asks, by, ...rules),
  standing: "excepted",
});
export const notOurs = (id: string, asks: string, by: string): Control => ({
  ...met(id, asks, by),
  standing: "not ours",
});
