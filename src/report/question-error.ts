import { defineRefusal, Refusal, type RefusalDeclaration } from "../findings/refusal";

export const QUESTION_INVALID = defineRefusal({
  code: "question-invalid",
  title: "A question about access cannot be asked so",
  why: "A role's session carries no MFA, and assuming a role is about one role. An answer to another question would look like one to this.",
  example:
    "error[question-invalid]: daily is a role, and its sessions carry no MFA: ask without --mfa-age, or ask the user who assumes it",
  remedy: "Ask as the message says.",
  since: "0.1.0",
});

export const UNKNOWN_PRINCIPAL = defineRefusal({
  code: "unknown-principal",
  title: "No user or role of that name is in what was read",
  why: "Nobody is not the same as somebody without permissions.",
  example: 'error[unknown-principal]: no user or role "laptp"; did you mean "laptop"?',
  remedy: "Correct the name as the message proposes, or read the stacks, plan or state that it is in.",
  since: "0.1.0",
});
/** A question that cannot be asked: its message tells why, and what to give. */
export class QuestionError extends Refusal {
  override readonly name: string = "QuestionError";

  constructor(message: string, refusal: RefusalDeclaration = QUESTION_INVALID) {
    super(refusal, message);
  }
}

/** Nobody of that name is in the graph, or several are. */
export class UnknownPrincipalError extends QuestionError {
  override readonly name = "UnknownPrincipalError";
}
