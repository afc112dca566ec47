import type { Violation } from "../../findings/violation";

/** What IAM would refuse, and what it takes but a reader should know. */
export interface SyntaxFindings {
  readonly problems: Violation[];
  readonly warnings: Violation[];
}

/** Reports for one place in a document. */
export interface Place {
  /** `aws_iam_policy.guard.policy: Statement[0].Action` */
  readonly location: string;
  problem(expected: string, got: unknown, remedy: string): void;
  warn(expected: string, got: unknown, remedy: string): void;
  /** A place within this one: `.Effect`, `[2]`. */
  at(step: string): Place;
}

/** The outermost place of a document. */
export function documentPlace(location: string, findings: SyntaxFindings): Place {
  return place(location, "", findings);
}

function place(document: string, path: string, findings: SyntaxFindings): Place {
  const location = path === "" ? document : `${document}: ${path}`;
  return {
    location,
    problem: (expected, got, remedy) => {
      findings.problems.push({ location, expected, got: shownValue(got), remedy });
    },
    warn: (expected, got, remedy) => {
      findings.warnings.push({ location, expected, got: shownValue(got), remedy });
    },
    at: (step) => place(document, path === "" ? step.replace(/^\./, "") : path + step, findings),
  };
}

/** A value as a message shows it: JSON, cut after 80 characters. */
function shownValue(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
