import { limitRequests, PATIENT_LIMITS, type RequestLimits, requestHandlerOf } from "./request-limits";

/** Where a client calls, as whom, and how patiently. */
export interface ClientSettings {
  readonly region: string;
  /** Endpoints, credentials and profile are taken from these. @default those of the process, by the SDK itself */
  readonly environmentVariables?: Readonly<Record<string, string | undefined>>;
  /** @default what the variables or the SDK give: a profile, single sign-on, the machine's role */
  readonly credentials?: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  /** Tries of one call, throttled ones included. `AWS_MAX_ATTEMPTS` goes before it. @default 8 */
  readonly maxAttempts?: number;
  /** @default 5 s for each try, three of them */
  readonly limits?: RequestLimits;
  /** Told of each try that went unanswered and is made again. */
  readonly onSilence?: (what: string) => void;
}

interface AnyClient {
  readonly middlewareStack: { add(middleware: never, options: never): void };
}

/** As patient as the functions are: IAM throttles by account and call. */
const MOST_ATTEMPTS = 8;

/**
 * A client of the SDK, as every command makes its own: with retries, with limits for each request, and with the
 * endpoint and the credentials of the caller's variables.
 *
 * @param service as the SDK spells it in `AWS_ENDPOINT_URL_...`: `IAM`, `CLOUDTRAIL`
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export function awsClient<Client extends AnyClient>(
  Client: new (...config: never) => Client,
  service: string,
  {
    region,
    environmentVariables = {},
    credentials,
    maxAttempts = MOST_ATTEMPTS,
    limits = PATIENT_LIMITS,
    onSilence,
  }: ClientSettings,
): Client {
  const config = {
    region,
    retryMode: "adaptive",
    maxAttempts: Number(environmentVariables["AWS_MAX_ATTEMPTS"]) || maxAttempts,
    requestHandler: requestHandlerOf(limits),
    ...endpoint(environmentVariables, service),
    ...(credentials === undefined ? identity(environmentVariables) : { credentials }),
  };
  // the SDK writes its constructors in a way that no generic parameter fits
  const Constructor = Client as unknown as new (config: object) => Client;
  return limitRequests(new Constructor(config), limits, onSilence);
}

function endpoint(variables: Readonly<Record<string, string | undefined>>, service: string) {
  const url = variables[`AWS_ENDPOINT_URL_${service}`] ?? variables["AWS_ENDPOINT_URL"];
  return url === undefined || url === "" ? {} : { endpoint: url };
}

function identity(variables: Readonly<Record<string, string | undefined>>) {
  const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: token } = variables;
  if (id !== undefined && id !== "" && secret !== undefined) {
    const session = token === undefined || token === "" ? {} : { sessionToken: token };
    return { credentials: { accessKeyId: id, secretAccessKey: secret, ...session } };
  }
  const profile = variables["AWS_PROFILE"];
  return profile === undefined || profile === "" ? {} : { profile };
}
