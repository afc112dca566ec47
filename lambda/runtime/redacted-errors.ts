import { redact } from "../../src/findings/mask";

/**
 * Runs a handler and masks key, user and role ids in whatever it throws. Lambda logs an error as it is, with its stack
 * and cause, and puts it into the failure record; an SDK's message can hold a key id. So the cause stays out.
 */
export function redactErrors<Event, Context, Result>(
  handler: (event: Event, context: Context) => Promise<Result>,
): (event: Event, context: Context) => Promise<Result> {
  return async (event, context) => {
    try {
      return await handler(event, context);
    } catch (error) {
      if (!(error instanceof Error)) throw new Error(redact(String(error)));
      const clean = new Error(redact(error.message));
      clean.name = error.name;
      if (error.stack !== undefined) clean.stack = redact(error.stack);
      throw clean;
    }
  };
}
