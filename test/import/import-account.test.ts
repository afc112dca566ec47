import type { AccountInventory } from "../../src/aws/inventory";
import { proveEnvironments } from "../../src/cli/import/prove-environments";
import { judgeDrift } from "../../src/drift/judge-drift";
import type { EnvironmentInput } from "../../src/environment/environment";
import { type AccountImport, importAccount } from "../../src/import/import-account";
import { expressedPercent } from "../../src/import/import-report";
import { graphOfStacks } from "../../src/proofs/prove-stacks";
import { agency, enterprise, startUp } from "../builders/accounts";
import { NOW } from "../builders/environment";
import { environments as shipped } from "../shipped";
import { firstPlan } from "../support/first-plan";
import { inventoryOfGraph } from "../support/inventory-of-graph";
import { type SynthesizedStack, stackOf, synthesize } from "../support/synthesize";

// Two noisy cores are ten times slower than one quiet one.
jest.setTimeout(180_000);

function imported(
  inventory: AccountInventory,
  inputs: readonly EnvironmentInput[] = [],
  name = "prod",
): AccountImport {
  return importAccount({
    inventory,
    inputs,
    name,
    region: "eu-central-1",
    now: NOW,
    acceptUntil: "2027-02-21",
    prove: (environments) => proveEnvironments(environments, NOW),
  });
}

/** The environment that an import drafts, as its file says it. */
function draftedInput(done: AccountImport): EnvironmentInput {
  return {
    name: done.name,
    accountId: done.accountId,
    region: done.region,
    backend: { type: "local" },
    allowedNetworks: [],
    ...(done.account !== undefined && { account: done.account }),
    existing: done.draft.existing,
    imports: { resources: done.resources },
    accepted: done.accepted,
  };
}

const identity = (done: AccountImport): SynthesizedStack =>
  stackOf(synthesize(draftedInput(done)), `${done.name}-identity`);

describe.each([
  ["a start-up", startUp()],
  ["an agency", agency(4)],
  ["an enterprise", enterprise({ users: 40, roles: 16, policies: 12 })],
])("%s", (_name, { inventory, owned }) => {
  const done = imported(inventory);

  test("is expressed, but for what services and other tools own", () => {
    expect(expressedPercent(done)).toBeGreaterThanOrEqual(95);
    expect(done.draft.leftOut).toHaveLength(owned);
    expect(done.draft.unmanaged).toEqual([]);
  });

  test("synthesizes at once, every proof kept or accepted", () => {
    expect(() => synthesize(draftedInput(done))).not.toThrow();
    expect(done.steps.length).toBeGreaterThan(0);
    expect(done.accepted).toHaveLength(done.steps.length);
  });

  test("has a first plan that imports, and makes, replaces, changes and takes away nothing", () => {
    const stack = identity(done);
    const { imported: taken, ...rest } = firstPlan(stack, inventory);
    expect(rest).toEqual({ created: [], failing: [], replaced: [], updated: [], removed: [] });
    expect(taken).toHaveLength(stack.resources.length);
  });

  test("is what the account holds: drift finds nothing of what was taken over", () => {
    const graph = graphOfStacks([{ name: "prod-identity", configuration: identity(done).json }]);
    const { findings } = judgeDrift({
      environment: "prod",
      plans: [],
      withoutPlan: [{ stack: "prod-identity", graph }],
      inventory,
    });
    const taken = new Set(
      Object.entries(done.draft.existing).flatMap(([kind, record]) =>
        Object.keys(record).map((name) => `${kind === "policies" ? "policy" : kind.slice(0, -1)}/${name}`),
      ),
    );
    const access = findings.filter(
      ({ rule }) => !/password|access-key|mfa|identity-provider|root/.test(rule),
    );
    expect(access.filter(({ address }) => taken.has(address.split("/").slice(0, 2).join("/")))).toEqual([]);
  });

  test("a second run finds nothing new", () => {
    const again = imported(inventory, [draftedInput(done)]);
    expect(again.draft.existing).toEqual({ users: {}, groups: {}, roles: {}, policies: {} });
    expect(again.resources).toEqual({});
    expect(again.accepted).toEqual([]);
  });
});

describe("the first plan of the tests sees what it is asked for", () => {
  const { inventory } = startUp();
  const plan = (change: (input: EnvironmentInput) => EnvironmentInput) => {
    const input = change(draftedInput(imported(inventory)));
    return firstPlan(stackOf(synthesize(input), "prod-identity"), inventory);
  };

  test("a role under another path is replaced, a list that forgets a policy takes it away", () => {
    const changed = plan((input) => {
      const { existing = {} } = input;
      const { mona: _gone, ...users } = existing.users ?? {};
      return {
        ...input,
        existing: {
          ...existing,
          users: { ...users, raj: { as: "device" } },
          roles: { ...existing.roles, datadog: { ...existing.roles?.["datadog"], path: "/x/" } as never },
        },
      };
    });
    expect(changed.replaced).toEqual([expect.stringContaining('"/" -> "/x/"')]);
    expect(changed.removed).toEqual([expect.stringContaining("AdministratorAccess")]);
  });
});

describe.each(shipped.map((input) => [input.name, input] as const))(
  "%s, deployed and imported",
  (name, input) => {
    const stack = stackOf(synthesize(...shipped), `${name}-identity`);
    const before = graphOfStacks([{ name: stack.name, configuration: stack.json }]);
    const inventory = inventoryOfGraph(before, input.accountId, "k7q2m9xw");
    const done = imported(inventory);

    test("comes back whole, users as what they are", () => {
      expect(done.draft.unmanaged).toEqual([]);
      expect(done.draft.leftOut).toEqual([]);
      const kinds = Object.fromEntries(Object.entries(done.draft.kinds).map(([user, { as }]) => [user, as]));
      for (const device of Object.keys(input.devices ?? {}))
        expect([device, kinds[device]]).toEqual([device, "device"]);
      for (const repository of Object.keys(input.repositories ?? {}))
        expect([repository, kinds[repository.replace("/", ".")]]).toEqual([repository, "repository"]);
    });

    test("gives back the environment in meaning: the access model finds no difference", () => {
      const after = graphOfStacks([{ name: "prod-identity", configuration: identity(done).json }]);
      for (const graph of [before, after]) {
        const { findings } = judgeDrift({
          environment: name,
          plans: [],
          withoutPlan: [{ stack: `${name}-identity`, graph }],
          inventory,
        });
        expect(findings).toEqual([]);
      }
    });
  },
);
