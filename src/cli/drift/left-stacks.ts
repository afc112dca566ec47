import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { S3Client } from "@aws-sdk/client-s3";
import { awsClient } from "../../aws/client-factory";
import { describeError } from "../../aws/sdk-error";
import { readStateObject } from "../../aws/state-object";
import type { ReadError } from "../../drift/drift-report";
import type { LeftStack } from "../../drift/drift-sources";
import type { Environment } from "../../environment/environment";
import { type StackName, type StatePlace, statePlace } from "../../environment/state-place";
import { graphFromState } from "../../sources/state/graph-from-state";
import type { CommandContext } from "../command";
import type { SynthesizedStack } from "./declared-stacks";

/** Stacks that an environment has only where it says so. */
const OPTIONAL: readonly StackName[] = ["credential-hygiene", "detection"];

/**
 * Stacks that the environment no longer declares and whose state still holds something: no command line knows them any
 * more, and what they made goes on.
 */
export async function leftStacks(
  environment: Environment,
  stacks: readonly SynthesizedStack[],
  context: CommandContext,
): Promise<{ readonly left: readonly LeftStack[]; readonly errors: readonly ReadError[] }> {
  const left: LeftStack[] = [];
  const errors: ReadError[] = [];
  // without any stack the project was not synthesized, and nothing is known
  for (const name of stacks.length === 0 ? [] : OPTIONAL) {
    const stack = `${environment.name}-${name}`;
    if (stacks.some((known) => known.stack === stack)) continue;
    const place = statePlace(environment, name);
    try {
      const text = await stateText(place, context);
      if (text === null) continue;
      const state = JSON.parse(text) as { readonly resources?: readonly { readonly mode?: string }[] };
      const resources = (state.resources ?? []).filter(({ mode }) => mode === "managed").length;
      if (resources === 0) continue;
      const graph = graphFromState(state, { file: stack, accountId: environment.accountId });
      left.push({ stack, place: placeText(place), resources, graph });
    } catch (error) {
      errors.push({ subject: `state of ${stack}`, reason: describeError(error) });
    }
  }
  return { left, errors };
}

async function stateText(place: StatePlace, context: CommandContext): Promise<string | null> {
  if (place.type === "local") {
    const file = resolve(context.directory, place.file);
    return existsSync(file) ? readFileSync(file, "utf8") : null;
  }
  const { environmentVariables } = context;
  const client = awsClient(S3Client, "S3", { region: place.region, environmentVariables });
  try {
    return await readStateObject(client, place);
  } finally {
    client.destroy();
  }
}

function placeText(place: StatePlace): string {
  return place.type === "local" ? place.file : `s3://${place.bucket}/${place.key}`;
}
