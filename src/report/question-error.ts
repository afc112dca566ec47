/** A question that cannot be asked: its message tells why, and what to give. */
export class QuestionError extends Error {
  override readonly name: string = "QuestionError";
}

/** Nobody of that name is in the graph, or several are. */
export class UnknownPrincipalError extends QuestionError {
  override readonly name = "UnknownPrincipalError";
}
