import { defineRefusal, type RefusalDeclaration } from "../../findings/refusal";
import type { Violation } from "../../findings/violation";

export const POLICY_ELEMENT_INVALID = defineRefusal({
  code: "policy-element-invalid",
  title: "A policy document has an element that IAM does not take there",
  why: "IAM refuses the whole document: an unknown or missing element, a principal in a policy of a user, group or role, a resource in a trust policy. Names of elements count letter case.",
  example:
    'aws_iam_policy.uploads.policy: Statement[0].Principal: no principal in a policy of a user, group or role, got "*"; remove it: the principal is who carries the policy [policy-element-invalid]',
  remedy:
    "Correct the element that the message names; the grammar is in AWS's page on the JSON policy grammar.",
  since: "0.1.0",
});

export const SID_REPEATED = defineRefusal({
  code: "sid-repeated",
  title: "Two statements of a policy have the same Sid",
  why: "IAM refuses the document. Nothing tells before the apply.",
  example:
    'aws_iam_policy.uploads.policy: Statement[1].Sid: each Sid once, got "Read"; rename one of the two [sid-repeated]',
  remedy: "Rename one of the statements, or leave Sid out.",
  since: "0.1.0",
});

/** What IAM would refuse, and what it takes but a reader should know. */
export interface SyntaxFindings {
  readonly problems: Violation[];
  readonly warnings: Violation[];
}

/** Reports for one place in a document. */
export interface Place {
  /** `aws_iam_policy.guard.policy: Statement[0].Action` */
  readonly location: string;
  problem(refusal: RefusalDeclaration, expected: string, got: unknown, remedy: string): void;
  warn(refusal: RefusalDeclaration, expected: string, got: unknown, remedy: string): void;
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
    problem: ({ code }, expected, got, remedy) => {
      findings.problems.push({ code, location, expected, got: shownValue(got), remedy });
    },
    warn: ({ code }, expected, got, remedy) => {
      findings.warnings.push({ code, location, expected, got: shownValue(got), remedy });
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
