import type { App } from "cdktf";
import type { Environment } from "../environment/environment";
import { CredentialHygieneStack } from "./credential-hygiene-stack";
import { IdentityStack } from "./identity-stack";
import { StateBackendStack } from "./state-backend-stack";

/** Adds every stack of every environment to the app. */
export function addBaseline(app: App, environments: readonly Environment[]): void {
  for (const environment of environments) {
    const { backend } = environment;
    if (backend.type === "s3" && backend.createBucket) new StateBackendStack(app, environment, backend);
    new IdentityStack(app, environment, environments);
    if (environment.keyRules) new CredentialHygieneStack(app, environment, environment.keyRules);
  }
}
