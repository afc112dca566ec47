// Chooses the role of one environment: node role-of.mjs VARIABLE
// Environment variables: ENVIRONMENT, and VARIABLE (see role-map.mjs). Outputs `role`, `account` and `region`.
import { appendFileSync } from "node:fs";
import { roleMap } from "./role-map.mjs";

const [variable = ""] = process.argv.slice(2);
const { ENVIRONMENT = "", GITHUB_OUTPUT } = process.env;
const role = roleMap(variable, process.env[variable]).get(ENVIRONMENT);
if (role === undefined) {
  console.error(
    `error: ${variable}: expected a role of environment ${JSON.stringify(ENVIRONMENT)}, got none; add it`,
  );
  process.exitCode = 1;
} else if (GITHUB_OUTPUT) {
  appendFileSync(GITHUB_OUTPUT, `role=${role.arn}\naccount=${role.accountId}\nregion=${role.region}\n`);
}
