/** Settings that every function of the project has. */
export interface CommonSettings {
  /** Name of the environment. */
  readonly environment: string;
  /** SNS topic of the notifications. */
  readonly topicArn: string;
}

/** Their forms, each with how to say it. */
export const COMMON_SETTINGS = {
  environment: [/^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/, "the environment's name"],
  topicArn: [/^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}$/, "the ARN of an SNS topic"],
  queueUrl: [/^https?:\/\/\S+\/\d{12}\/[A-Za-z0-9_-]{1,80}$/, "the URL of a queue"],
  policyArn: [/^arn:aws[a-z-]*:iam::\d{12}:policy\/\S+$/, "the ARN of a managed policy"],
} as const satisfies Record<keyof CommonSettings | "queueUrl" | "policyArn", readonly [RegExp, string]>;
