import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  STSClient,
} from "@aws-sdk/client-sts";
import type { SecretKey } from "./device-credentials";
import { limitRequests, PATIENT_LIMITS } from "./request-limits";

/** Credentials that end by themselves. */
export interface Session extends SecretKey {
  readonly sessionToken: string;
}

/** What STS is asked with the credentials of a device. */
export interface DeviceSessions {
  /** A session with MFA. */
  open(key: SecretKey, serial: string, code: string, seconds: number): Promise<Session>;
  /** ARN of who acts with a session of the role. */
  identityThrough(
    session: Session,
    roleArn: string,
    sessionName: string,
    sourceIdentity?: string,
  ): Promise<string>;
  /** ARN of who acts with a key; nobody can be denied this. */
  identity(key: SecretKey): Promise<string>;
}

/**
 * @param region of the environment
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html
 */
export function deviceSessions(region: string): DeviceSessions {
  const asked = async <Answer>(
    credentials: SecretKey,
    question: (client: STSClient) => Promise<Answer>,
  ): Promise<Answer> => {
    const client = limitRequests(new STSClient({ region, credentials }), PATIENT_LIMITS);
    try {
      return await question(client);
    } finally {
      client.destroy();
    }
  };
  return {
    open: (key, serial, code, seconds) =>
      asked(key, async (client) => {
        const { Credentials } = await client.send(
          new GetSessionTokenCommand({ SerialNumber: serial, TokenCode: code, DurationSeconds: seconds }),
        );
        return sessionOf(Credentials, "GetSessionToken");
      }),

    identityThrough: async (session, roleArn, sessionName, sourceIdentity) => {
      const assumed = await asked(session, async (client) => {
        const { Credentials } = await client.send(
          new AssumeRoleCommand({
            RoleArn: roleArn,
            RoleSessionName: sessionName,
            DurationSeconds: 900,
            ...(sourceIdentity !== undefined && { SourceIdentity: sourceIdentity }),
          }),
        );
        return sessionOf(Credentials, "AssumeRole");
      });
      return identityOf(assumed);
    },

    identity: identityOf,
  };

  function identityOf(credentials: SecretKey): Promise<string> {
    return asked(credentials, async (client) => {
      const { Arn } = await client.send(new GetCallerIdentityCommand({}));
      if (Arn === undefined) throw new Error("GetCallerIdentity: an answer without an ARN");
      return Arn;
    });
  }
}

function sessionOf(
  credentials:
    | {
        readonly AccessKeyId?: string | undefined;
        readonly SecretAccessKey?: string | undefined;
        readonly SessionToken?: string | undefined;
      }
    | undefined,
  call: string,
): Session {
  const { AccessKeyId, SecretAccessKey, SessionToken } = credentials ?? {};
  if (AccessKeyId === undefined || SecretAccessKey === undefined || SessionToken === undefined) {
    throw new Error(`${call}: an answer without credentials`);
  }
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}
