// Writes the matrix of environments that have a role in a variable:
//   node environments.mjs OUTDIR VARIABLE
// VARIABLE names an environment variable that holds the roles, see role-map.mjs. To standard output, and as `matrix` and
// `names` to $GITHUB_OUTPUT: [{environment, accountId, region, role, stacks}].
import { appendFileSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { roleMap } from "./role-map.mjs";

/** In this order they are planned and applied. The state's own bucket is made by hand (docs/bootstrap.md). */
const KINDS = ["identity", "credential-hygiene", "detection"];

const [outdir = "cdktf.out", variable = "PLAN_ROLE_ARNS"] = process.argv.slice(2);
const roles = roleMap(variable, process.env[variable]);
const found = environmentsOf(join(outdir, "stacks"));
const faults = [];
const matrix = [];
for (const [environment, role] of roles) {
  const one = found.get(environment);
  if (one === undefined) {
    // a pull request may remove an environment whose role is still listed
    console.error(`${variable}.${environment}: no stack of this environment was synthesized; left out`);
  } else if (one.backend === "local") {
    faults.push(
      `${variable}.${environment}: its state is local, on one machine; use an s3 backend, or remove the role`,
    );
  } else if (one.accountId !== role.accountId) {
    faults.push(
      `${variable}.${environment}: expected a role of account ${one.accountId}, got one of ${role.accountId}`,
    );
  } else {
    const { accountId, region, stacks } = one;
    matrix.push({ environment, accountId, region, role: role.arn, stacks });
  }
}
if (faults.length > 0) {
  for (const fault of faults) console.error(`error: ${fault}`);
  process.exitCode = 1;
} else {
  const result = JSON.stringify(matrix);
  const names = JSON.stringify(matrix.map(({ environment }) => environment));
  console.log(result);
  const output = process.env["GITHUB_OUTPUT"];
  if (output !== undefined && output !== "") appendFileSync(output, `matrix=${result}\nnames=${names}\n`);
}

function environmentsOf(folder) {
  const environments = new Map();
  const names = readdirSync(folder);
  for (const kind of KINDS) {
    for (const stack of names.filter((name) => name.endsWith(`-${kind}`)).sort()) {
      const environment = stack.slice(0, -kind.length - 1);
      const { terraform, provider } = JSON.parse(readFileSync(join(folder, stack, "cdk.tf.json"), "utf8"));
      const [{ region, allowed_account_ids: [accountId] = [] } = {}] = provider?.aws ?? [];
      if (!/^\d{12}$/.test(accountId ?? "") || !/^[a-z0-9-]+$/.test(region ?? "")) {
        throw new Error(
          `${stack}: expected an AWS provider with a region and one allowed account, got another`,
        );
      }
      const known = environments.get(environment) ?? { accountId, region, stacks: [], backend: undefined };
      const [backend = "local"] = Object.keys(terraform?.backend ?? {});
      environments.set(environment, { ...known, backend, stacks: [...known.stacks, stack] });
    }
  }
  return environments;
}
