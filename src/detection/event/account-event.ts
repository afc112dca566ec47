type Json = Readonly<Record<string, unknown>>;

/** Who did something, as CloudTrail writes it. */
export interface Actor {
  /** `Root`, `IAMUser`, `AssumedRole`, `AWSService`, ...; absent for events that nobody did. */
  readonly type: string | undefined;
  /** ARN of the user or session; of the service that acted, its host name. */
  readonly arn: string | undefined;
  /** Name of the IAM user, where it is one, or a session of one. */
  readonly userName: string | undefined;
  /** ARN of the role behind a session. */
  readonly roleArn: string | undefined;
  /** Name of the role session: what its caller chose. */
  readonly sessionName: string | undefined;
  /** Whether the session began with MFA; undefined where the record does not say. */
  readonly mfa: boolean | undefined;
}

/**
 * An event of EventBridge's, read with care: everything in it was written by others, and any part may be missing.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export class AccountEvent {
  constructor(readonly raw: Json) {}

  /** A text at a path, `detail.requestParameters.userName`; nothing where there is none. */
  text(path: string): string | undefined {
    const value = this.value(path);
    return typeof value === "string" && value !== "" ? value : undefined;
  }

  /** Whatever stands at a path. */
  value(path: string): unknown {
    let value: unknown = this.raw;
    for (const field of path.split(".")) {
      if (typeof value !== "object" || value === null || !Object.hasOwn(value, field)) return undefined;
      value = (value as Json)[field];
    }
    return value;
  }

  get id(): string {
    return this.text("detail.eventID") ?? this.text("id") ?? "";
  }
  get source(): string {
    return this.text("source") ?? "";
  }
  /** `CreateAccessKey`; empty for what is no record of CloudTrail's. */
  get name(): string {
    return this.text("detail.eventName") ?? "";
  }
  get region(): string {
    return this.text("detail.awsRegion") ?? this.text("region") ?? "";
  }
  /** When it happened; where it does not say, when it was sent. */
  get time(): string {
    return this.text("detail.eventTime") ?? this.text("time") ?? "";
  }
  get sourceIp(): string | undefined {
    return this.text("detail.sourceIPAddress");
  }
  get userAgent(): string | undefined {
    return this.text("detail.userAgent");
  }
  /** `AccessDenied`: the call was refused. */
  get error(): string | undefined {
    return this.text("detail.errorCode");
  }
  /** A parameter of the call. */
  parameter(name: string): string | undefined {
    return this.text(`detail.requestParameters.${name}`);
  }

  get actor(): Actor {
    const at = "detail.userIdentity";
    const arn = this.text(`${at}.arn`) ?? this.text(`${at}.invokedBy`);
    const mfa = this.text(`${at}.sessionContext.attributes.mfaAuthenticated`);
    return {
      type: this.text(`${at}.type`),
      arn,
      userName:
        this.text(`${at}.userName`) ?? (this.text(`${at}.type`) === "IAMUser" ? lastOf(arn) : undefined),
      roleArn: this.text(`${at}.sessionContext.sessionIssuer.arn`),
      sessionName: /:assumed-role\/[^/]+\/(.+)$/.exec(arn ?? "")?.[1],
      mfa: mfa === undefined ? undefined : mfa === "true",
    };
  }
}

/** `work` of `arn:aws:iam::111122223333:user/baseline/device/work`. */
export function lastOf(arn: string | undefined): string | undefined {
  const name = arn?.slice(Math.max(arn.lastIndexOf("/"), arn.lastIndexOf(":")) + 1);
  return name === "" ? undefined : name;
}
