import { variableOf } from "../../import/variable-name";
import type { Answers } from "./answers";

/** The environment of a new project, as a person would write it. */
export function environmentFile(answers: Answers): string {
  const { environment, accountId, region, networks, owner, devices, timeZone, bucket } = answers;
  const text = (value: string) => JSON.stringify(value);
  // one device helps another back in, where there are several
  const several = devices.length > 1;
  const entries = devices.map((name, index) => {
    const roles = ["daily", ...(index === 0 ? ["admin"] : []), ...(several ? ["recovery"] : [])];
    return `    ${keyOf(name)}: { owner: ${text(owner)}, roles: [${roles.map(text).join(", ")}] },`;
  });
  const backend =
    bucket === undefined
      ? "local()"
      : `s3({ bucket: ${text(bucket)}, region: ${text(region)}, createBucket: true })`;
  const recovery = several ? '"second-device"' : "{ root: { acknowledgeRootRecovery: true } }";
  return `import {
  adminRole,
  dailyAt,
  dailyRole,
  defineEnvironment,${several ? "\n  keyRecoveryRole," : ""}
  ${bucket === undefined ? "local" : "s3"},
} from "iam-baseline";

export const ${variableOf(environment)} = defineEnvironment({
  name: ${text(environment)},
  accountId: ${text(accountId)},
  region: ${text(region)},
  backend: ${backend},
  allowedNetworks: [${networks.map(text).join(", ")}],
  devices: {
${entries.join("\n")}
  },
  roles: {
    // view everything, change nothing; uploadTo: [{ bucket, prefix }] lets it upload
    daily: dailyRole(),
    admin: adminRole(),${
      several
        ? "\n    // sets the key of another device to Active again, and does nothing else\n    recovery: keyRecoveryRole(),"
        : ""
    }
  },
  keyRules: {
    schedule: dailyAt("00:00", ${text(timeZone)}),
    // set it to false once the reports of the nightly run look right
    dryRun: true,
    rules: {
      "old-keys": {
        appliesTo: { path: "device" },
        maxAgeDays: 90,
        unusedDays: 45,
        supersededDays: 7,
        reason: "CIS AWS Foundations v7.0.0, 2.11 and 2.12",
      },
    },
${
  several
    ? "    // age and absence end the keys of all devices at once: one stays until another works\n    lastKeyStays: true,\n"
    : ""
}    reactivation: { maxHours: 24 },
  },
  // how an owner gets back in when every key has ended
  recovery: ${recovery},
});
`;
}

function keyOf(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}
