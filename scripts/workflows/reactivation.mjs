// Checks what a person typed into the reactivate workflow, before any credentials exist:
//   node reactivation.mjs
// Environment variables: ENVIRONMENT, USER_NAME, REASON, HOURS, KEY (may be empty) and REACTIVATE_ROLE_ARNS. Outputs
// `role`, `account` and `region` of the environment.
import { appendFileSync } from "node:fs";
import { roleMap } from "./role-map.mjs";

const { ENVIRONMENT = "", USER_NAME = "", REASON = "", HOURS = "", KEY = "", GITHUB_OUTPUT } = process.env;
const faults = [
  expected("environment", ENVIRONMENT, /^[a-z0-9][a-z0-9-]{1,31}$/, "the name of an environment"),
  // a user name, or a repository as owner/name; not an option of a command
  expected(
    "user",
    USER_NAME,
    /^(?!-)[A-Za-z0-9+=,.@_-]{1,64}(?:\/[A-Za-z0-9._-]{1,100})?$/,
    "1-64 of A-Za-z0-9+=,.@_-, or a repository as owner/name",
  ),
  // it becomes the value of a tag
  expected(
    "reason",
    REASON,
    /^(?=.{10,256}$)(?!-)(?=\S)(?=.*\S$)[\p{L}\p{N} _.:/=+\-@]+$/u,
    "10-256 letters, digits, blanks and _.:/=+-@, not beginning with -",
  ),
  expected("hours", HOURS, /^(?:[1-9]|[1-6]\d|7[0-2])$/, "a whole number, 1-72"),
  expected("key", KEY, /^(?:[A-Z0-9]{4})?$/, "the last four characters of a key id, or nothing"),
].filter((fault) => fault !== undefined);
const role =
  faults.length > 0
    ? undefined
    : roleMap("REACTIVATE_ROLE_ARNS", process.env["REACTIVATE_ROLE_ARNS"]).get(ENVIRONMENT);
if (faults.length === 0 && role === undefined) {
  faults.push(
    `environment: expected one that the variable REACTIVATE_ROLE_ARNS has a role for, got "${ENVIRONMENT}"`,
  );
}
if (role === undefined) {
  for (const fault of faults) console.error(`error: ${fault}`);
  process.exitCode = 1;
} else if (GITHUB_OUTPUT) {
  appendFileSync(GITHUB_OUTPUT, `role=${role.arn}\naccount=${role.accountId}\nregion=${role.region}\n`);
}

function expected(input, value, pattern, what) {
  return pattern.test(value)
    ? undefined
    : `${input}: expected ${what}, got ${JSON.stringify(value.slice(0, 80))}`;
}
