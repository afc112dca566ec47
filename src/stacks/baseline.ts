import type { App } from "cdktf";
import type { Environment } from "../environment/environment";
import type { LambdaFunctionName } from "../lambda-bundle/function-name";
import { type LambdaZip, lambdaZip } from "../lambda-bundle/lambda-zip";
import { CredentialHygieneStack } from "./credential-hygiene-stack";
import { DetectionStack } from "./detection-stack";
import { IdentityStack } from "./identity-stack";
import { StateBackendStack } from "./state-backend-stack";

/** Adds every stack of every environment to the app. */
export function addBaseline(app: App, environments: readonly Environment[]): void {
  // every environment runs the same functions; their sources are looked at once
  const zips = new Map<LambdaFunctionName, LambdaZip>();
  const codeOf = (name: LambdaFunctionName) => {
    const zip = zips.get(name) ?? lambdaZip(name);
    zips.set(name, zip);
    return zip;
  };
  for (const environment of environments) {
    const { backend } = environment;
    if (backend.type === "s3" && backend.createBucket) new StateBackendStack(app, environment, backend);
    new IdentityStack(app, environment, environments);
    if (environment.keyRules)
      new CredentialHygieneStack(app, environment, environment.keyRules, environments, codeOf);
    if (environment.detection)
      new DetectionStack(app, environment, environment.detection, environments, codeOf);
  }
}
