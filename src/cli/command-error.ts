/** Something that the caller of a command can put right: only its message is shown. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}
