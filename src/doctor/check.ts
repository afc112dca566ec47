import type { Answer, DoctorFacts } from "./facts";

/** One line of the doctor's report. */
export interface CheckResult {
  readonly state: "ok" | "warning" | "problem" | "not-checked";
  /** What is there. */
  readonly message: string;
  /** What to do; nothing where all is well. */
  readonly remedy?: string;
}

/** Something that is looked at: a file each. */
export interface Check {
  readonly id: string;
  readonly title: string;
  /** Why it matters, in one sentence. */
  readonly why: string;
  /** Pure: judges by what was found out. At least one line. */
  readonly judge: (facts: DoctorFacts) => readonly CheckResult[];
}

export const ok = (message: string): CheckResult => ({ state: "ok", message });
export const warning = (message: string, remedy: string): CheckResult => ({
  state: "warning",
  message,
  remedy,
});
export const problem = (message: string, remedy: string): CheckResult => ({
  state: "problem",
  message,
  remedy,
});

/** Judges an answer, or says why there is none. */
export function judged<T>(
  answer: Answer<T>,
  judge: (known: T) => readonly CheckResult[],
): readonly CheckResult[] {
  return "known" in answer ? judge(answer.known) : [{ state: "not-checked", message: answer.notChecked }];
}
