/** Repository variables that say which role a job assumes: `{"team-prod": "arn:aws:iam::444455556666:role/team/plan-k7q2m9xd"}` */

const ROLE = /^arn:(aws|aws-cn|aws-us-gov):iam::(\d{12}):role\/[\w+=,.@/-]{1,512}$/;
export const ENVIRONMENT_NAME = /^[a-z0-9][a-z0-9-]{1,31}$/;

/** Where STS is asked where an environment's own region is not known. */
const REGIONS = { aws: "us-east-1", "aws-cn": "cn-north-1", "aws-us-gov": "us-gov-west-1" };

/**
 * The roles by environment.
 *
 * @param variable its name, for messages
 * @throws Error where it is not such JSON
 */
export function roleMap(variable, text) {
  if (text === undefined || text.trim() === "") return new Map();
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error(
      `${variable}: expected JSON like {"prod": "arn:aws:iam::111122223333:role/..."}, got something else`,
    );
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Error(`${variable}: expected an object of role ARNs by environment, got something else`);
  }
  return new Map(
    Object.entries(value).map(([environment, arn]) => [environment, roleOf(variable, environment, arn)]),
  );
}

function roleOf(variable, environment, arn) {
  if (!ENVIRONMENT_NAME.test(environment)) {
    throw new Error(`${variable}: expected names of environments, got ${JSON.stringify(environment)}`);
  }
  const [, partition, accountId] = ROLE.exec(String(arn)) ?? [];
  if (partition === undefined) {
    throw new Error(`${variable}.${environment}: expected the ARN of a role, got ${JSON.stringify(arn)}`);
  }
  return { arn, accountId, region: REGIONS[partition] };
}
