import { IamArns } from "../environment/arns";
import type { Environment } from "../environment/environment";
import type { Holder } from "./holder";
import type { ConfigTarget, Profile } from "./profile";
import { profileNames } from "./profile-names";
import type { AssumedRole } from "./role-arns";

export interface ProfileSettings {
  readonly target: ConfigTarget;
  /** Put before every profile's name. */
  readonly prefix: string;
  /** Also profiles for programs that cannot be started through aws-vault: they fetch credentials by a process. */
  readonly credentialProcess: boolean;
}

/** Role chaining: a role assumed with a session's credentials lasts an hour at most. */
const CHAINED_SECONDS = 3600;

/**
 * The profiles of one device: the key, which carries no role, and each role that it may assume.
 *
 * aws-vault, Granted and the AWS CLI ask for the code by `mfa_serial`; it stands in every profile, as it is not
 * inherited and sessions are shared by it. `cli` differs in one thing: SDKs and Terraform cannot ask, so a role takes its
 * credentials from the session that `aws configure mfa-login` wrote, whose MFA counts, and asks for nothing.
 *
 * @see https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html
 * @see https://docs.aws.amazon.com/cli/latest/reference/configure/mfa-login.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining
 */
export function profilesOf(
  holder: Holder,
  roles: readonly AssumedRole[],
  settings: ProfileSettings,
): readonly Profile[] {
  const names = profileNames(holder, roles, settings.prefix);
  const mfaSerial = ["mfa_serial", mfaSerialOf(holder)] as const;
  const region = regionOf(holder.environment);
  const forCli = settings.target === "cli";
  const base: Profile = {
    name: names.base,
    comment: "the access key itself; it may look after itself and assume the roles below",
    settings: [
      region,
      mfaSerial,
      ...(settings.target === "granted"
        ? [["credential_process", `granted credential-process --profile=${names.base}`] as const]
        : []),
    ],
  };
  const session: Profile = {
    name: names.session,
    comment: `the session with MFA, written by: aws configure mfa-login --profile ${names.base} --update-profile ${names.session} --duration-seconds ${sessionSeconds(roles)}`,
    settings: [region],
  };
  const assumed = roles.map(
    (role, index): Profile => ({
      name: names.roles[index] ?? "",
      comment: `role ${role.name} of account ${role.environment.accountId}${role.role.administrator ? ", administrator rights" : ""}`,
      settings: [
        regionOf(role.environment),
        ["source_profile", forCli ? names.session : names.base],
        ["role_arn", role.arn],
        ["role_session_name", sessionNameOf(holder)],
        ...(forCli ? [] : [mfaSerial]),
        ["duration_seconds", String(Math.min(role.role.maxSessionDuration, CHAINED_SECONDS))],
        ...(role.role.trust.sourceIdentity ? [["source_identity", holder.name] as const] : []),
      ],
    }),
  );
  const programs = settings.credentialProcess
    ? roles.map(
        (role, index): Profile => ({
          name: names.programs[index] ?? "",
          comment: "for programs that cannot ask for a code and are not started through aws-vault",
          settings: [
            regionOf(role.environment),
            ["credential_process", `aws-vault export --format=json ${names.roles[index] ?? ""}`],
          ],
        }),
      )
    : [];
  return [base, ...(forCli ? [session] : []), ...assumed, ...programs];
}

/** The serial number of the MFA device that the device enrols: named after it, in its own account. */
export function mfaSerialOf({ environment, name }: Holder): string {
  return new IamArns(environment).mfa(name);
}

/**
 * Seconds that a session with MFA may be used for, so that every role still accepts it: GetSessionToken takes 900 and
 * more, and no trust asks for less.
 */
export function sessionSeconds(roles: readonly AssumedRole[]): number {
  return Math.min(CHAINED_SECONDS, ...roles.map(({ role }) => role.trust.maxMfaAgeSeconds));
}

/** Session names have at least two characters, user names one. */
export function sessionNameOf({ name }: Pick<Holder, "name">): string {
  return name.length > 1 ? name : `${name}-device`;
}

function regionOf({ region }: Environment): readonly [string, string] {
  return ["region", region];
}
