import { redactErrors } from "../../../lambda/runtime/redacted-errors";
import { SettingsReader } from "../../../lambda/runtime/settings";
import { describeError } from "../../../src/aws/sdk-error";

const KEY = "AKIAIOSFODNN7EXAMPLE";

/** Each layer masks on its own: none relies on the next one. */
describe("a key id", () => {
  test("does not pass the description of an error", () => {
    expect(describeError(Object.assign(new Error(`no ${KEY}\nhere`), { name: "AccessDenied" }))).toBe(
      "AccessDenied: no ****MPLE here",
    );
    expect(describeError(`thrown as text ${KEY}`)).toBe("thrown as text ****MPLE");
  });

  test("does not pass the complaint about a setting", () => {
    const reader = new SettingsReader({ DRY_RUN: KEY });
    reader.oneOf("DRY_RUN", ["true", "false"]);
    reader.parsed(() => {
      throw new Error(`wrong: ${KEY}`);
    });
    expect(() => reader.check()).toThrow(
      'DRY_RUN: expected "true" or "false", got "****MPLE"; wrong: ****MPLE',
    );
  });

  test("does not pass an error that a handler throws, neither in its message, its stack nor its cause", async () => {
    const cause = new Error(KEY);
    const thrown = Object.assign(new Error(`no ${KEY}`, { cause }), { name: "AccessDenied" });
    const clean = await redactErrors(() => Promise.reject(thrown))({}, {}).catch(
      (error: unknown) => error as Error,
    );
    expect(clean).toMatchObject({ name: "AccessDenied", message: "no ****MPLE" });
    expect(`${(clean as Error).stack}`).not.toContain(KEY);
    expect((clean as Error).cause).toBeUndefined();
  });

  test("does not pass something thrown that is no error", async () => {
    await expect(redactErrors(() => Promise.reject(KEY))({}, {})).rejects.toThrow("****MPLE");
  });
});
