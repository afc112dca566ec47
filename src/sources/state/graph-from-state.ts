import type { AccessGraph } from "../../iam/graph";
import { buildGraph } from "../graph/build-graph";
import { AccessSourceError, described } from "../resource/access-source-error";
import { formatVersion } from "../resource/format-version";
import { isRecord, type JsonRecord, list, record, string } from "../resource/json-shape";
import {
  addressOf,
  keyOf,
  type ListedResource,
  listedResources,
  modeOf,
  RecordedResource,
  recordedAccount,
} from "../resource/recorded-resource";
import { SOURCE_INVALID } from "../resource/source-refusals";
import type { Provider } from "../resource/source-resource";
import { UnknownParts, UnknownValue } from "../resource/unknown-parts";
import { concealedState } from "../sensitive/concealed-state";

export interface StateOptions {
  /** Account of the state, where none of its resources has an ARN. */
  readonly accountId?: string;
  /** How errors name the file. @default "state" */
  readonly file?: string;
}

const REMEDY = "give the output of terraform show -json, or a .tfstate file of version 4";

/**
 * What a Terraform state says an account holds: `terraform show -json`, or the state file itself.
 *
 * @throws AccessSourceError when it is something else
 */
export function graphFromState(stateJson: unknown, options: StateOptions = {}): AccessGraph {
  const file = options.file ?? "state";
  const listed = resourcesOfState(stateJson, file);
  const parts = new UnknownParts();
  const provider = stateProvider(listed, options.accountId, parts);
  const resources = listed
    .filter(({ mode }) => mode === "managed")
    .map(
      ({ address, type, mode, values }) => new RecordedResource(address, type, mode, values, provider, parts),
    );
  return buildGraph({ resources, parts, unknowns: [] });
}

/**
 * Every resource of a state, sensitive values concealed.
 *
 * @throws AccessSourceError when it is something else
 */
export function resourcesOfState(stateJson: unknown, file: string): readonly ListedResource[] {
  const state = record(concealedState(stateJson), file, REMEDY);
  return [...(state["version"] === undefined ? shownState(state, file) : rawState(state, file))];
}

function stateProvider(
  listed: readonly ListedResource[],
  accountId: string | undefined,
  parts: UnknownParts,
): Provider {
  const account = recordedAccount(listed);
  const nowhere = new UnknownValue("account", "no resource of the state has an ARN: give the account");
  return {
    accountId: account?.accountId ?? accountId ?? parts.mark(nowhere),
    partition: account?.partition ?? "aws",
    region: parts.mark(new UnknownValue("region", "a state does not say its region")),
    defaultTags: {},
  };
}

function shownState(state: JsonRecord, file: string): Iterable<ListedResource> {
  for (const foreign of ["resource_changes", "planned_values", "resource", "UserDetailList"]) {
    if (state[foreign] === undefined) continue;
    const got = `an object with ${foreign}, which is another kind of file`;
    throw new AccessSourceError(SOURCE_INVALID, {
      location: file,
      expected: "a Terraform state",
      got,
      remedy: REMEDY,
    });
  }
  formatVersion(state, file, REMEDY);
  return listedResources(state["values"], `${file}: values`);
}

function* rawState(state: JsonRecord, file: string): Generator<ListedResource> {
  if (state["version"] !== 4 || !Array.isArray(state["resources"])) {
    throw new AccessSourceError(SOURCE_INVALID, {
      location: `${file}: version`,
      expected: "a state file of version 4 with resources",
      got: described(state["version"]),
      remedy: REMEDY,
    });
  }
  for (const [index, item] of state["resources"].entries()) {
    yield* rawInstances(record(item, `${file}: resources[${index}]`, REMEDY), `${file}: resources[${index}]`);
  }
}

function* rawInstances(resource: JsonRecord, location: string): Generator<ListedResource> {
  const type = string(resource["type"], `${location}.type`, REMEDY);
  const name = string(resource["name"], `${location}.name`, REMEDY);
  const mode = modeOf(resource["mode"], location);
  const module = typeof resource["module"] === "string" ? `${resource["module"]}.` : "";
  const base = `${module}${mode === "data" ? "data." : ""}${type}.${name}`;
  for (const item of list(resource["instances"], `${location}.instances`, REMEDY)) {
    const instance = record(item, `${location}.instances`, REMEDY);
    const key = keyOf(instance["index_key"]);
    const values = isRecord(instance["attributes"]) ? instance["attributes"] : {};
    yield { address: addressOf(base, key), type, mode, base, key, values };
  }
}
