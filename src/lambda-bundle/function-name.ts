/** The Lambda functions of the project: the folders under `lambda/` that have a `handler.ts`. */
export const LAMBDA_FUNCTIONS = [
  "deactivate-access-keys",
  "audit-credential-report",
  "notify",
  "respond",
] as const;

export type LambdaFunctionName = (typeof LAMBDA_FUNCTIONS)[number];

/** What Lambda calls in every zip of this project: `handler` of `index.js`. */
export const LAMBDA_HANDLER = "index.handler";
