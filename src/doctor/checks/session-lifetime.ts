import { durationSeconds } from "../../devices/session-variables";
import { type Check, ok, problem } from "../check";

/** What aws-vault asks for where a variable is not set or not understood. */
const DEFAULTS: Readonly<Record<string, number>> = {
  AWS_SESSION_TOKEN_TTL: 3600,
  AWS_CHAINED_SESSION_TOKEN_TTL: 28_800,
};

export const sessionLifetime: Check = {
  id: "session-lifetime",
  title: "Sessions of aws-vault",
  why: "A session that lives longer than a trust accepts its MFA gets AccessDenied until `aws-vault clear`, and no code is asked for.",
  judge: ({ environment, variables, programs }) => {
    if (programs["aws-vault"] === undefined) return [ok("aws-vault is not in use")];
    const ages = Object.values(environment.roles).map(({ trust }) => trust.maxMfaAgeSeconds);
    const most = Math.min(3600, ...ages);
    return Object.entries(DEFAULTS).map(([name, byDefault]) => {
      const text = variables[name];
      const seconds = (text === undefined ? undefined : durationSeconds(text)) ?? byDefault;
      const said = text === undefined ? "is not set" : `is "${text}"`;
      return seconds <= most
        ? ok(`${name} ${said}: sessions of ${seconds} s`)
        : problem(
            `${name} ${said}: sessions of ${seconds} s, and the strictest role accepts MFA of ${most} s`,
            `export ${name}=${most}s in your shell's start file (device config --write --variables FILE does it)`,
          );
    });
  },
};
