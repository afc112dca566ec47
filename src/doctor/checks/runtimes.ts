import {
  DEFAULT_RUNTIME,
  LAMBDA_RUNTIMES,
  type LambdaRuntimeName,
  runtimeState,
} from "../../environment/lambda-runtimes";
import { type Check, type CheckResult, judged, ok, problem, warning } from "../check";

export const runtimes: Check = {
  id: "runtimes",
  title: "Runtimes of functions",
  why: "AWS refuses to make, and later to change, functions of a runtime that ended: the nightly run could not be mended.",
  judge: ({ functions, environment, now }) => {
    const declared =
      environment.keyRules === undefined
        ? []
        : [stateOf("the environment", environment.keyRules.runtime ?? DEFAULT_RUNTIME, now)];
    return [
      ...declared,
      ...judged(functions, (found) =>
        found.length === 0
          ? [ok("no function of the environment is deployed")]
          : found.map(({ name, runtime }) => stateOf(name, runtime, now)),
      ),
    ];
  },
};

function stateOf(whose: string, runtime: string, now: Date): CheckResult {
  if (!isKnown(runtime)) {
    return problem(
      `${whose}: ${runtime} is none that this version knows`,
      "deploy again, which sets the declared runtime",
    );
  }
  const found = runtimeState(runtime, now);
  if (found.state === "supported") return ok(`${whose}: ${runtime}`);
  return (found.state === "blocked" ? problem : warning)(
    `${whose}: ${runtime}: ${found.because}`,
    `set keyRules.runtime to ${DEFAULT_RUNTIME}, or leave it out, and deploy`,
  );
}

function isKnown(runtime: string): runtime is LambdaRuntimeName {
  return Object.hasOwn(LAMBDA_RUNTIMES, runtime);
}
